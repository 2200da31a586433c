"""Words of roles in many languages, one string each; `roles_abroad` says how they are used."""

# A word that begins so is a role; the ending tells gender, number and case.
PREFIXES = """
urbanist paysagist comédien metteu régisseu scénograph scénarist dramaturg cinéast monteu
plasticien sculpteu peintre graveu céramist potier potière tisserand coutur styliste graphist
illustrat dessinat bédéist photograph vidéast chorégraph danseu chanteu pianist violonist
guitarist organist compositeur compositric chef-fe rédac reporter chroniqueu éditorialist
romanci nouvellist essayist conteu conteuse slameu traductri interprèt libraire imprimeu relieur
documentalist archivist bibliothécai professeu instituteu institutric enseignant formateu
formatric éducateu animateu animatric moniteu directric proviseu principale inspecteu inspectric
chercheu maîtresse doctorant étudiant lycéen collégien apprenti stagiair retraité chômeu salarié
fonctionnair agent cadre ouvrier ouvrière artisan menuisi charpenti maçon plombi électrici
mécanicien garagist serruri forgeron boulang pâtissi bouch charcuti fromag vigneron viticult
maraîch paysan paysann éleveu éleveuse berger bergère apicult horticult jardinier jardinière
pépiniérist arboricult forestier forestière pêcheu marin batelier cuisini restaurateur
restauratrice serveur serveuse hôtelier aubergist épicier épicière commerçant vendeu caissi
coiffeu esthéticien infirmi aide-soignant kinésithérap ostéopath orthophonist ergothérap
sage-femme pédiatr généralist chirurgien dentist vétérinair pharmacien diététicien psychologu
psychiatr psychanalyst psychothérap sociologu ethnologu anthropologu géograph démograph
économist politologu politist historien philosophe linguist mathématicien physicien chimist
biologist géologu hydrologu écologu écologist climatologu astronom astrophysicien statisticien
informaticien développeu ingénieu technicien architecte géomètre conducteur conductrice chauffeu
livreu facteur factrice cheminot pilote policier gendarme pompier militaire juriste avocat
avocate notaire huissi magistrat greffi juge médiateu médiatric président présidente coprésident
vice-président trésori secrétair administratrice adhérent bénévol sympathisant militant
permanent délégué porte-parole porte-voix référent chargé chargée fondatric cofondatric
initiateu initiatric organisateu organisatric gérante patron entrepreneu chef-lieu maire
mairesse adjointe conseiller conseillère élu élue sénateu sénatric ambassadeu consul prêtre
pasteu pasteure évêque diacre rabbin imam religieu habitant riverain citoyen cycliste piéton
usager usagère randonneu éclusier éclusière luthier luthière facteure accordeu régisse décorat
costumi maquilleu accessoirist projectionnist critique galerist commissair conservat guide
conférenci catedrátic profesor maestr maestro docente investigador becari doctorand estudiant
alumn jubilad pensionist desemplead agricultor ganader pastora apicultor hortelan viticultor
pescador mariner carpinter albañil electricist fontaner mecánic herrer zapater costurer sastr
panader pastelerí pasteler carnicer cociner camarer hosteler tender comerciant librer impresor
encuadernad editora escritor poet poetisa novelist ensayist guionist cineast director
realizadora productora fotógraf ilustrador diseñador pintor escultor ceramist grabador músic
musicolog violinist guitarrist cantant cantautor bailarín bailarina coreógraf actor actriz títer
periodist redactora locutor columnist corresponsal traductora intérpret bibliotecari archiver
document museólog conservador restaurador restauradora arqueólog historiador antropólog sociólog
politólog filósof filólog lingüist geógraf geólog biólog ecólog botánic químic físic matemátic
informátic programador desarrollador ingenier arquitect topógraf aparejador médic pediatr
cirujan odontólog veterinari enfermer fisioterapeut matrona psicólog psiquiatr logoped terapeut
nutricionist trabajador trabajadora educador monitor animador cuidador abogad procurador jueza
notari fiscal mediador economist contabl administrativ funcionari emplead obrer conductor
camioner taxist maquinist ferroviari carter polic bomber militar president vicepresident
copresident secretari tesorer vocal portavoz coordinador responsabl encargad delegad
representante gerent fundador cofundador soci socia voluntari activist alcald concejal concejala
regidor diputad senador embajador párroc sacerdot pastor monj religios vecin ciudadan viajer
usuari empresari autónom emprendedor consultor asesor técnic guí guardabosqu guarda ilustradora
titiriter payas cuentacuentos narrador geolog biolog sociolog psicolog antropolog archeolog
storic filosof giornalist redattor redattric scrittor scrittric poetess romanzier saggist
drammaturg sceneggiat regist attor attric musicist chitarrist compositor direttor direttric
fotograf illustrator illustratric grafic designer disegnator pittor pittric scultor scultric
incisor artigian falegnam murator idraulic elettricist meccanic fabbr calzola sart sarta
panettier pasticcer macella cuoc cuoca chef camerier oste ostess ristorator restaurator
restauratric commerciant negoziant libraio libraia tipograf editor editric insegnant professor
docent ricercator ricercatric dottorand student studentess alunn pensionat casaling disoccupat
agricoltor contadin allevator apicoltor viticoltor giardinier vivaist pescator marinai medic
chirurg infermier fisioterapist ostetric logopedist educator educatric assistent avvocat
avvocatess notai giudic mediator commercialist ragionier impiegat operai autist camionist
tassist macchinist ferrovier postin poliziott vigil ingegner architett geometra tecnic
programmator sviluppator consulent imprenditor imprenditric presidente segretari tesorier
consiglier portavoc coordinator coordinatric referent responsabil delegat rappresentant fondator
cofondator socio volontari attivist sindac assessor assessore deputat senator ambasciator parroc
suora abitant cittadin pendolar residente artist attrice curator curatric guida burattinai
jornalist redator redatora romancist ensaíst roteirist realizador encenador ator atriz cantor
cantora maestrin músico musicólog desenhador artesã artesão carpinteir pedreir eletricist
canalizador encanador mecânic ferreir sapateir costureir alfaiat padeir pasteleir cozinheir
garçom lojist livreir tipógraf bibliotecári arquivist pesquisador bolseir bolsista doutorand
estudant alun aposentad reformad desempregad lavrador criador jardineir pescadora marinheir
cirurgi veterinári enfermeir parteira educadora advogad notári juiz juíza contabilist contador
funcionári servidor operári motorist ferroviári carteir polícia bombeir engenheir arquitet
desenvolvedor empresári empreendedor vice-president secretári tesoureir vogal porta-voz
coordenador responsáve representant diretor sóci voluntári ativist prefeit vereador
presidente-adjunt deputad embaixador padre pároc freira morador vizinh cidadã cidadão usuári
guia socjolog psycholog historyk filozof językoznaw dziennikark dziennikarz redaktork redaktor
pisark pisarz poetk poeta reżyser aktor aktork piosenkar muzyk skrzyp dyrygent kompozytor
ilustrator grafik projektant malark malarz rzeźbiar ceramik rzemieśln stolarz stolark murarz
elektryk hydraulik mechanik kowal szewc krawc piekarz cukiernik rzeźnik kucharz kuchark kelner
sprzedaw księgarz księgark wydawc drukarz bibliotekark bibliotekarz archiwist nauczyciel
wykładow adiunkt doktorant uczeń uczennic emeryt rencist rolnik rolniczk sadownik pszczelarz
ogrodnik ogrodniczk leśnik rybak marynarz lekark lekarz dentyst stomatolog weterynarz pielęgniar
fizjoterap położn wychowaw pedagog opiekun prawnik prawniczk adwokat radca sędzia notariusz
ekonomist księgow urzędnik urzędniczk pracownik pracownic robotnik kierowc maszynist kolejarz
listonosz policjant strażak żołnierz inżynier architekt geodet technik programist przedsiębior
konsultant doradc doradczyn prezes wiceprezes prezesk przewodnicząc sekretarz sekretark skarbnik
skarbniczk członek członkin rzecznik rzeczniczk koordynator koordynatork pełnomocn
przedstawiciel dyrektor dyrektork kierownik kierowniczk założyciel założycielk współzałożyciel
wolontariusz wolontariuszk aktywist aktywistk działacz działaczk społeczni burmistrz wójt
starost radny radna poseł posłank ambasador ksiądz proboszcz zakonnic mieszkan sąsiad obywatel
tłumacz tłumaczk kustosz kustoszk przewodnik przewodniczk animator animatork předsed
místopředsed ředitel učitel učitelk odborn asistent doktorand studentk žák žačk důchodc
důchodkyn lékař lékařk zubař zdravotní sestra porodní veterinář historik historičk ekolog
novinář novinářk spisovatel spisovatelk básník básnířk překladatel překladatelk herec herečk
režisér hudebník hudebnic zpěvák zpěvačk skladatel výtvarn malíř malířk sochař keramik řemeslník
truhlář zedník elektrikář instalatér kovář švadlen pekař cukrář řezník kuchař kuchařk číšník
prodavač knihkupec knihovn nakladatel tiskař archivář zemědělec farmář včelař zahradník
zahradnic lesník rybář právni advokát soudce notář ekonom účetní úředni dělník řidič
strojvedoucí průvodčí pošťák policist hasič voják inženýr programátor podnikatel konzultant
poradc jednatel jednatelk tajemn pokladn člen členk mluvčí koordinátor koordinátork zástupc
zakladatel zakladatelk dobrovolník dobrovolnic aktivist primátor zastupitel poslanec poslankyn
senátor velvyslan farář kněz kazatel jáhen obyvatel soused občan kronikář kurátor průvodc
vedoucí predsed podpredsed riaditeľ učiteľ učiteľk lekár lekárk novinár spisovateľ prekladateľ
hudobník výtvarník knihovníč poľnohospodár záhradník podnikateľ zakladateľ dobrovoľník obyvateľ
predsjedn predsedn potpredsjedn ravnatelj direktor učitelj učiteljic nastavn studentic učenik
umirovljen upokojen penzioner liječni zdravnik lekar zubar veterinar medicinska psiholog
povjesničar zgodovinar istoričar arheolog novinar novinark urednik urednic književn pisatelj
pisateljic pisac pjesni pesnik prevoditelj prevodilac prevajalec glumac glumic igralec redatelj
režiser glazbeni muzičar glasbenik pjevač skladatelj slikar slikaric kipar vajar grafičar
dizajner obrtnik stolar mizar zidar električar vodoinstalater kovač krojač pekar mesar kuhar
kuharic konobar trgovac trgovec knjižar knjižničar bibliotekar izdavač nakladnik arhivist
poljoprivredn kmet pčelar čebelar vrtlar šumar gozdar ribar pravni odvjetni odvetni advokat
sudac sodnik računovođ službeni radnik delavec vozač strojovođa poštar policajac vatrogasac
inženjer inženir arhitekt arhitekta programer poduzetni podjetnik preduzetnik savjetnik
svetovalec tajnik tajnic sekretar blagajni član članic glasnogovorni portparol koordinator
voditelj rukovodilac predstavni osnivač ustanovitelj volonter prostovoljec gradonačelni župan
načelnik vijećnik zastupnik poslanik svećenik župnik sveštenik stanovnik prebivalec građan
meštanin kustos președint vicepreședint directoare învățător conferențiar lector cercetător
studentă elev pensionar asistentă istoric ecolog jurnalist jurnalistă redactor scriitor
scriitoare poetă traducător traducătoare actriță regizor muzician cântăreț compozitor pictor
sculptor grafician meșter tâmplar electrician instalator fierar croitor brutar cofetar măcelar
bucătar ospătar vânzător librar bibliotecar fermier grădinar pădurar pescar jurist judecător
notar contabil funcționar muncitor șofer mecanic poștaș polițist inginer arhitect programator
antreprenor consultant consilier secretar trezorier membru purtător coordonator reprezentant
voluntar primar viceprimar preot paroh locuitor cetățean председател заместник секретар
секретарка касиер директор управител координатор ръководител учител учителка преподавател
професор доцент асистент докторант студент студентка ученик пенсионер лекар зъболекар ветеринар
медицинска психолог социолог историк археолог биолог еколог геолог журналист журналистка
редактор редакторка писател писателка поет поетеса преводач преводачка актьор актриса режисьор
музикант певец певица композитор фотограф художник художничка скулптор керамик график дизайнер
занаятчи дърводелец зидар електротехник водопроводчик ковач шивачка хлебар сладкар готвач
сервитьор продавач книжар библиотекар библиотекарка издател архивист земеделец фермер пчелар
градинар лесничей рибар юрист адвокат съдия нотариус икономист счетоводител служител работник
шофьор машинист пощальон полицай пожарникар инженер архитект урбанист програмист предприемач
консултант съветник член говорител представител основател доброволец доброволка активист кмет
депутат посланик свещеник жител гражданин уредник екскурзовод читалищен председатель
сопредседатель зампред учитель учительниц преподаватель преподавательниц воспитатель педагог
методист логопед профессор ассистент аспирант студентк школьник школьниц пенсионерк врач
фельдшер медсестр стоматолог педиатр хирург терапевт фармацевт провизор краевед антрополог
этнограф филолог лингвист философ культуролог искусствовед музейн ботаник зоолог эколог географ
гидролог физик химик математик программист разработчик айтишник иллюстратор художниц скульптор
керамист гончар режиссёр режиссер сценарист актёр актер актрис музыкант пианист скрипач певиц
дирижёр хормейстер органист журналистк корректор корреспондент обозреватель колумнист писатель
писательниц поэт поэтесс прозаик драматург переводчик переводчиц издатель книготорговец
библиограф хранитель экскурсовод гид куратор судья правозащитник экономист бухгалтер
предприниматель предпринимательниц самозанят менеджер маркетолог консультант советник помощник
конструктор технолог архитектор ландшафтн градостроитель строитель плотник столяр каменщик
электрик сантехник слесарь токарь механик водитель проводник почтальон кондуктор рабоч повар
пекарь кондитер официант продавец кассир пчеловод садовод садовник лесник лесничий егерь рыбак
капитан моряк священник диакон настоятель монахин домохозяйк мама отец житель жительниц
горожанин волонтёр волонтер активистк общественник мэр глава руководитель руководительниц
президент вице-президент секретарь казначей основатель основательниц учредитель сооснователь
соучредитель участник участниц сотрудник сотрудниц научн ведущ старш младш тренер спортсмен
реставратор мастер смотритель вожат спасатель агроном голова співголова заступник вчитель
вчительк викладач викладачк вихователь вихователька аспірант школяр учень учениц пенсіонер лікар
лікарк педіатр хірург соціолог історик краєзнав етнограф філолог лінгвіст філософ мистецтвознав
біолог ботанік гідролог фізик хімік програміст розробни ілюстратор художни кераміст графік
режисер актор акторк піаніст скрипал співак співачк диригент журналіст журналістк редакторк
коректор кореспондент письменни поетес прозаїк переклада видавець видавчин книгар бібліотекар
бібліограф архівіст екскурсовод гід кураторк юристк нотаріус суддя правозахисни економіст
підприєм радник радниц помічни інженер інженерк архітектор архітекторк урбаніст будівельник
тесляр муляр електрик сантехнік слюсар механік воді машиніст провідник листонош робітни кухар
пекар офіціант продав касир пасічник бджоляр садівни лісник лісівник рибалк капітан диякон
черниц домогосподарк мешкан жительк громадян волонтерк доброволець активіст активістк депутатк
мер координаторк керівник керівниц директорк секретарк скарбник засновни співзасновни учасни
співробітни науков провідн тренерк майстер майстрин доглядач рятувальник başkan başkanı eşbaşkan
müdür müdürü yönetmen koordinatör sekreter sayman üye üyesi kurucu temsilci sözcü danışman uzman
uzmanı öğretmen öğretim öğrenci akademisyen araştırmacı doçent doktor hekim veteriner hemşire
ebe eczacı psikolog sosyolog tarihçi arkeolog biyolog jeolog coğrafyacı felsefeci dilbilimci
gazeteci editör muhabir yazar şair romancı çevirmen tercüman yayıncı kitapçı kütüphaneci arşivci
oyuncu tiyatrocu yönetmeni senarist müzisyen piyanist kemancı şarkıcı besteci fotoğrafçı ressam
heykeltıraş seramikçi grafiker illüstratör tasarımcı sanatçı zanaatkâr marangoz duvarcı
elektrikçi tesisatçı tamirci demirci terzi fırıncı pastacı kasap aşçı garson esnaf bakkal tüccar
çiftçi arıcı bahçıvan ormancı balıkçı çoban avukat hâkim savcı noter iktisatçı muhasebeci memur
işçi şoför makinist postacı polis itfaiyeci asker mühendis mimar plancı programcı yazılımcı
girişimci işletmeci emekli gönüllü eylemci muhtar milletvekili büyükelçi papaz sakini vatandaş
komşu antrenör rehber zeytinci bisikletçi kaptan sədr həmsədr müdir icraçı əlaqələndirici katib
xəzinədar üzv təsisçi həmtəsisçi nümayəndə sözçü müşavir məsləhətçi mütəxəssis ekspert müəllim
tərbiyəçi pedaqoq metodist dosent magistrant tələbə şagird akademik alim tədqiqatçı həkim
feldşer baytar əczaçı psixoloq sosioloq tarixçi arxeoloq antropoloq bioloq ekoloq geoloq
coğrafiyaşünas filoloq dilçi iqtisadçı mühasib müxbir yazıçı şairə romançı tərcüməçi naşir
kitabsatan kitabxanaçı arxivçi aktyor aktrisa rejissor ssenarist musiqiçi pianoçu skripkaçı
müğənni bəstəkar dirijor fotoqraf rəssam heykəltəraş keramist dizayner illüstrator sənətkar usta
dülgər bənna elektrik santexnik mexanik dəmirçi dərzi çörəkçi qənnadçı qəssab aşpaz ofisiant
satıcı sahibkar fermer arıçı bağban meşəbəyi balıqçı vəkil hüquqşünas hakim prokuror notarius
məmur fəhlə sürücü maşinist poçtalyon yanğınsöndürən hərbçi mühəndis memar şəhərsalma proqramçı
biznesmen pensiyaçı təqaüdçü evdar könüllü fəal səfir keşiş sakin vətəndaş qonşu məşqçi bələdçi
kapitan dənizçi bərpaçı πρόεδρ αντιπρόεδρ γραμματέ ταμία διευθυν διευθύν συντονιστ συντονίστρι
υπεύθυν υπευθυν εκπρόσωπ ιδρυτ ιδρύτρι συνιδρυτ μέλο μέλη εθελοντ εθελόντρι ακτιβιστ δάσκαλ
δασκάλ καθηγητ καθηγήτρι εκπαιδευτικ νηπιαγωγ λέκτορα φοιτητ φοιτήτρι μαθητ μαθήτρι ερευνητ
ερευνήτρι επιστήμονα συνταξιούχ ιατρ γιατρ νοσηλευτ νοσηλεύτρι οδοντίατρ κτηνίατρ φαρμακοποι
ψυχολόγ κοινωνιολόγ ιστορικ αρχαιολόγ ανθρωπολόγ βιολόγ γεωλόγ οικολόγ φιλόλογ φιλόσοφ μαθηματικ
φυσικ χημικ γεωπόνο δασολόγ μηχανικ αρχιτέκτον αρχιτεκτόν πολεοδόμ τοπογράφ προγραμματιστ
δικηγόρ δικαστ συμβολαιογράφ οικονομολόγ λογιστ υπάλληλ εργάτ εργάτρι οδηγ δημοσιογράφ συντάκτ
συντάκτρι συγγραφέ ποιητ ποιήτρι μεταφραστ μεταφράστρι διερμηνέα εκδότ εκδότρι βιβλιοπώλ
βιβλιοθηκονόμ αρχειονόμ ηθοποι σκηνοθέτ σκηνογράφ μουσικ συνθέτ συνθέτρι τραγουδιστ τραγουδίστρι
φωτογράφ ζωγράφ γλύπτ γλύπτρι κεραμίστ κεραμίστρι γραφίστ γραφίστρι εικονογράφ τεχνίτ ξυλουργ
ηλεκτρολόγ υδραυλικ αρτοποι μάγειρ έμπορ επιχειρηματία αγρότ αγρότισσ μελισσοκόμ κηπουρ ψαρά
ναυτικ δήμαρχ βουλευτ δημοτικό ιερέα κάτοικ πολίτ γείτον ξεναγ επιμελητ επιμελήτρι προπονητ
նախագահ փոխնախագահ տնօրեն քարտուղար գանձապահ համակարգող ղեկավար հիմնադիր համահիմնադիր անդամ
ներկայացուցիչ խոսնակ խորհրդատու փորձագետ կամավոր ակտիվիստ ուսուցիչ ուսուցչուհի դասախոս պրոֆեսոր
դոցենտ ասպիրանտ ուսանող աշակերտ թոշակառու գիտնական հետազոտող բժիշկ բժշկուհի բուժքույր
ատամնաբույժ անասնաբույժ դեղագործ հոգեբան սոցիոլոգ պատմաբան հնագետ կենսաբան բնապահպան երկրաբան
փիլիսոփա լեզվաբան լրագրող խմբագիր գրող բանաստեղծ թարգմանիչ հրատարակիչ գրադարանավար դերասան
ռեժիսոր երաժիշտ կոմպոզիտոր երգիչ լուսանկարիչ նկարիչ քանդակագործ դիզայներ արհեստավոր փաստաբան
իրավաբան դատավոր տնտեսագետ հաշվապահ ինժեներ ճարտարապետ քաղաքաշինարար ծրագրավորող գործարար
ձեռներեց վարորդ հացթուխ խոհարար ֆերմեր գյուղատնտես մեղվապահ այգեպան պատգամավոր քաղաքապետ քահանա
բնակիչ քաղաքացի ճարտարագետ dirigente kajakarz surfist barnmorska lotse carmélit
"""
# Whole words, and the last part of a compound: "Klavierlehrer", "wijkverpleegkundige".
COMPOUNDS = """
imker gärtner winzer förster jäger schreiner tischler zimmermann zimmerer maurer maler bäcker
metzger fleischer koch köchin wirt gastwirt kellner verkäufer händler kaufmann kauffrau
handwerker mechaniker elektriker elektroniker schlosser schmied töpfer keramiker goldschmied
uhrmacher optiker friseur schneider weber designer grafiker gestalter illustrator fotograf
filmemacher regisseur dramaturg intendant kapellmeister dirigent organist pianist geiger cellist
sänger chorleiter tänzer komponist bildhauer zeichner schauspieler moderator reporter redakteur
lektor verleger publizist kolumnist blogger autor dichter lyriker erzähler archivar bibliothekar
historiker germanist linguist philologe theologe jurist richter notar anwalt volkswirt
betriebswirt ökonom ökologe biologe chemiker physiker mathematiker informatiker geologe geograf
geograph meteorologe statistiker ingenieur architekt planer vermesser arzt ärztin chirurg
psychologe soziologe ethnologe archäologe therapeut logopäde hebamme pfleger krankenschwester
sanitäter apotheker erzieher pädagoge lehrer studienrat studienrätin rektor schulleiter dozent
professor wissenschaftler forscher doktorand student schüler auszubildende praktikant rentner
pensionär ruheständler hausfrau hausmann mutter vater landwirt bauer bäuerin fischer kapitän
pilot lokführer lokomotivführer busfahrer fahrer schaffner postbote briefträger polizist soldat
beamter beamtin angestellter angestellte sachbearbeiter sekretär assistent referent koordinator
sprecher vorstand vorständin vorsitzende vorsitzender beisitzer kassenwart kassier kassierer
schatzmeister schriftführer obmann obfrau präsident geschäftsführer inhaber gründer
gesellschafter unternehmer berater manager trainer übersetzer dolmetscher küster pfarrer pastor
diakon vikar superintendent bischof dekan ratsmitglied stadtrat gemeinderat bürgermeister
landrat abgeordneter abgeordnete minister senator botschafter konsul ortsvorsteher hausmeister
hauswart kurator restaurator konservator buchbinder drucker setzer techniker musiker leiter
betreiber besitzer eigentümer mitarbeiter mitbegründer helfer begleiter betreuer vermittler
führer wart wärter meister gehilfe verwalter prüfer züchter sammler spieler läufer fahrerin
steiger müller bläser sekretärin bediensteter beauftragter beauftragte vertreter treuhänder
ombudsmann wächter dachdecker klempner installateur monteur zusteller pförtner floristin florist
kosmetiker masseur heilpraktiker physiotherapeut ergotherapeut seelsorger prediger kantor mesner
messner chronist heimatpfleger stadtführer wanderführer ranger bergführer skilehrer bademeister
hausarzt onderzoeker medewerker hoogleraar docent leraar lerares leerkracht onderwijzer
schrijver schrijfster journalist redacteur vertaler vertaalster tolk kunstenaar schilder
beeldhouwer fotograaf filmmaker muzikant zanger zangeres componist acteur actrice verpleger
verpleegkundige huisarts arts tandarts dierenarts verloskundige fysiotherapeut psycholoog
socioloog bioloog ecoloog geoloog historicus advocaat rechter notaris ambtenaar
beleidsmedewerker beleidsadviseur adviseur raadslid wethouder burgemeester voorzitter
penningmeester secretaris bestuurslid bestuurder directeur directrice coördinator bibliothecaris
bibliothecaresse boekhandelaar uitgever boer boerin tuinder tuinman hovenier visser schipper
molenaar bakker slager timmerman metselaar loodgieter elektricien chauffeur buschauffeur
machinist conducteur postbode politieagent brandweerman scholier leerling stagiair
gepensioneerde gepensioneerd huisvrouw bewoner bewoonster vrijwilliger vrijwilligster ondernemer
winkelier eigenaar eigenares oprichter oprichtster woordvoerder vertegenwoordiger ouder opvoeder
begeleider wijkagent wijkverpleegkundige stadsgids boswachter architect stedenbouwkundige
ontwerper vormgever programmeur ontwikkelaar dominee pastoor predikant conservator archivaris
beheerder portier conciërge kok ordförande kassör sekreterare ledamot lärare forskare
bibliotekarie redaktör författare författarinna poet översättare konstnär sångare skådespelare
regissör läkare sjuksköterska tandläkare veterinär psykolog socionom advokat domare ingenjör
arkitekt planerare lantbrukare bonde fiskare trädgårdsmästare snickare målare murare rörmokare
bagare kock busschaufför lokförare brevbärare brandman verksamhetsledare föreståndare chef
projektledare samordnare handläggare utredare talesperson språkrör grundare ägare företagare
kommunalråd riksdagsledamot präst kyrkoherde körledare förskollärare fritidsledare
undersköterska båtbyggare fyrvaktare hantverkare formgivare programmerare utvecklare konsult
rådgivare förläggare bokhandlare biolog ekolog geolog arkeolog ekonom revisor valberedare
biodlare skogvaktare hembygdsvårdare museichef intendent formand kasserer sekretær
bestyrelsesmedlem lærer forsker bibliotekar redaktør forfatter digter oversætter kunstner sanger
skuespiller instruktør læge sygeplejerske tandlæge dyrlæge socialrådgiver dommer ingeniør
planlægger landmand fisker gartner tømrer murer bager buschauffør togfører postbud politibetjent
studerende pensionist leder daglig direktør projektleder talsperson stifter ejer borgmester
byrådsmedlem præst sognepræst pædagog håndværker udvikler konsulent rådgiver forlægger
boghandler skolelærer skoleleder fiskeskipper skipper styreleder styremedlem nestleder forskar
lærar fiskar båtbygger snekker rørlegger sykepleier lege tannlege veterinær vaktmester ordfører
kommunestyremedlem prest kunstnar forleggar fylkesleder sekretariatsleder puheenjohtaja
varapuheenjohtaja sihteeri rahastonhoitaja opettaja tutkija kirjailija runoilija toimittaja
kääntäjä taiteilija muusikko laulaja näyttelijä ohjaaja valokuvaaja lääkäri hoitaja
sairaanhoitaja hammaslääkäri eläinlääkäri psykologi juristi asianajaja tuomari insinööri
arkkitehti kaavoittaja maanviljelijä viljelijä kalastaja puutarhuri kirvesmies maalari leipuri
kokki kuljettaja poliisi opiskelija oppilas eläkeläinen johtaja päällikkö koordinaattori
järjestäjä perustaja omistaja yrittäjä kunnanvaltuutettu valtuutettu kansanedustaja pappi
kirkkoherra kanttori kirjastonhoitaja kirjastovirkailija professori dosentti lehtori rehtori
suunnittelija kehittäjä asiantuntija neuvoja kustantaja jäsen biologi historioitsija elnök
alelnök titkár pénztáros tanár tanárnő tanító óvónő író költő újságíró szerkesztő fordító művész
festő szobrász zenész énekes színész színésznő rendező fotós fotográfus orvos háziorvos nővér
ápoló fogorvos állatorvos pszichológus szociológus jogász ügyvéd bíró mérnök építész tervező
gazda földműves halász kertész asztalos pék szakács sofőr buszvezető postás rendőr diák hallgató
nyugdíjas vezető igazgató koordinátor szervező alapító tulajdonos vállalkozó képviselő
polgármester lelkész pap kántor könyvtáros levéltáros kutató docens adjunktus egyetemi tag
szóvivő önkéntes muzeológus biológus történész közgazdász
"""
# Short words, which count only whole.
WHOLE = """
vet cook guide clown hunter sailor skipper potter weaver printer binder tailor cobbler butcher
grocer baker miller brewer joiner mason tiler roofer plumber glazier fitter welder miner smith
postman fishmonger greengrocer florist vecino vecina vocal socio socia jueza juez guía cura
sacristán organista pianista periodista artista activista taxista deportista élu élue maire curé
juge curateur pilote peintre poète prêtre cadre agent marin berger consul prezes radny radna
wójt sędzia prawnik kupiec poeta lekarz lid arts boer boerin imker kok gids lege prest kokk elev
leder bonde jäsen pappi kokki hekim imam polis ebe mimar üzv şair memar həkim мэр врач поэт гид
мама отец мер кмет лікар поет pap tag író költő ισορροπία μέλος ιερέας
"""
# Whole words of scripts and languages in which no ending tells more.
OTHERS = """
חוקר חוקרת ספרן ספרנית מורה סופר סופרת משורר משוררת עיתונאי עיתונאית עורך עורכת פרופסור מרצה
רופא רופאה אחות עורך־דין עורכת־דין אדריכל אדריכלית מהנדס מהנדסת אמן אמנית צלם צלמת מוזיקאי
מוזיקאית שחקן שחקנית במאי במאית מתרגם מתרגמת רכז רכזת מנהל מנהלת יו"ר יושב יושבת נשיא נשיאה
מזכיר מזכירה גזבר גזברית מייסד מייסדת חבר חברת חברה מתנדב מתנדבת פעיל פעילה דובר דוברת נציג
נציגה יועץ יועצת סטודנט סטודנטית תלמיד תלמידה גמלאי גמלאית פנסיונר חקלאי חקלאית גנן גננת מחנך
מחנכת פסיכולוג פסיכולוגית היסטוריון היסטוריונית ביולוג ביולוגית תושב תושבת אזרח אזרחית רב רבה
עובד עובדת מדריך מדריכה אוצר אוצרת מנכ"ל מנכ"לית סמנכ"ל מעצב מעצבת אופה נגר דייג თავმჯდომარე
დირექტორი ჟურნალისტი მასწავლებელი პროფესორი ექიმი იურისტი წევრი მწერალი სტუდენტი მოხალისე
რეჟისორი მსახიობი მუსიკოსი ფოტოგრაფი დიზაინერი მთარგმნელი გამომცემელი ეკონომისტი ბიოლოგი გეოლოგი
ფერმერი მეფუტკრე მებაღე მევენახე მძღოლი მზარეული დურგალი მღვდელი დეპუტატი მერი მდივანი
ხაზინადარი წარმომადგენელი სპიკერი მრჩეველი ექსპერტი ლექტორი დოქტორანტი მოსწავლე დიასახლისი
ექთანი სტომატოლოგი ვეტერინარი ფარმაცევტი სოციოლოგი ფილოსოფოსი არქეოლოგი კერამიკოსი მოქანდაკე
კომპოზიტორი მომღერალი ტურიზმი გიდი პროგრამისტი მეწარმე მაცხოვრებელი მოქალაქე მებრძოლი კურატორი
عامل عاملة بستاني خباز نجار مزارع مزارعة صياد سائق ممرض ممرضة صيدلي صيدلانية صيدلاني محاسب
محاسبة مصمم مصممة رسام رسامة موسيقي موسيقية ممثلة معماري معمارية مبرمج مبرمجة أديب أديبة قاص
قاصة أخصائي أخصائية قاضية محامون تاجر حرفي حرفية طباخ مربية مربي مدرب مدربة موجه موجهة ربان مدون
مدونة ناظر ناظرة واعظ إمام قس نحات نحاتة متحدث متحدثة ناطق ناطقة مقرر مقررة أمينة وكيل وكيلة
مديرة مشارك مشاركة دكتور دكتورة بروفيسور مصورة خطاط خطاطة كاتبة جامعي مالك صاحب صاحبة نائبة عاطل
متدرب خريج خريجة کشاورز معمار نقاش عکاس پرستار داروساز راننده باغبان خبرنگار ناشر کتابدار
دانش‌آموز کارگردان بازیگر موسیقیدان آهنگساز طراح رئیس مدیرعامل عضو مؤسس بنیانگذار سخنگو
هماهنگ‌کننده داوطلب استادیار دانشیار روانشناس جامعه‌شناس مورخ اقتصاددان حسابدار अध्यक्ष सचिव
शिक्षक शिक्षिका लेखक लेखिका पत्रकार संयोजक निदेशक प्रोफेसर वकील डॉक्टर छात्र छात्रा कार्यकर्ता
किसान कवि अनुवादक संपादक कलाकार ketua sekretaris bendahara anggota koordinator direktur dosen
guru mahasiswa mahasiswi wartawan penulis penyair penerjemah seniman pengacara dokter perawat
peneliti petani nelayan pensiunan relawan pendiri aktivis warga pustakawan mwenyekiti katibu
mwalimu mwanafunzi daktari mwandishi mkurugenzi mratibu mkulima mwanahabari kryetar kryetare
drejtor drejtoreshë mësues mësuese shkrimtar shkrimtare gazetar gazetare mjek mjeke avokat
avokate sekretar anëtar anëtare themelues themeluese pirmininkas pirmininkė direktorius
direktorė mokytojas mokytoja dėstytojas dėstytoja rašytojas rašytoja žurnalistas žurnalistė
gydytojas gydytoja teisininkas studentas studentė narys narė vadovas vadovė savanoris savanorė
architektas architektė bibliotekininkė bibliotekininkas pensininkas pensininkė vertėjas vertėja
priekšsēdētājs priekšsēdētāja direktors direktore skolotājs skolotāja pasniedzējs rakstnieks
rakstniece žurnālists žurnāliste ārsts ārste jurists juriste students studente biedrs biedre
vadītājs vadītāja brīvprātīgais brīvprātīgā arhitekts arhitekte bibliotekāre pensionārs
pensionāre tulkotājs tulkotāja esimees juhataja õpetaja kirjanik ajakirjanik arst jurist
üliõpilane liige koordinaator sekretär vabatahtlik pensionär õppejõud tõlkija arhitekt
raamatukoguhoidja luuletaja cadeirydd ysgrifennydd trysorydd athro athrawes awdur bardd meddyg
nyrs ffermwr myfyriwr cathaoirleach rúnaí cisteoir múinteoir scríbhneoir file dochtúir
lehendakaria idazkaria diruzaina irakaslea idazlea kazetaria medikua abokatua ikaslea arkitektoa
liburuzaina mestre mestra fuster pagès pagesa metge metgessa infermera infermer advocat advocada
escriptor escriptora il·lustrador il·lustradora bibliotecària bibliotecari enginyer enginyera
arquitecte arquitecta periodista músic traductor traductora jubilat jubilada veí veïna regidor
regidora dissenyador dissenyadora forner fornera llibreter llibretera formaður ritari gjaldkeri
kennari rithöfundur blaðamaður læknir lögfræðingur nemandi félagi चिकित्सक चिकित्सिका बुनकर सभापति
कोषाध्यक्ष प्राध्यापक प्राध्यापिका गायक गायिका शिल्पकार নার্স শিক্ষক শিক্ষিকা সভাপতি সম্পাদক কবি
লেখক লেখিকা
চিকিৎসক সাংবাদিক অধ্যাপক আইনজীবী শিল্পী কৃষক ছাত্র ছাত্রী গবেষক পরিচালক ஆசிரியர் தலைவர் மருத்துவர்
நூலகர்
செயலாளர் எழுத்தாளர் கவிஞர் விவசாயி மாணவர் வழக்கறிஞர் ครู ประธาน พยาบาล บรรณารักษ์ แพทย์ อาจารย์
เลขานุการ
ชาวประมง ชาวนา ชาวสวน ข้าราชการ วิศวกร นักวิจัย นักข่าว แม่ค้า พ่อค้า কৃষিজীবী জেলে দর্জি ব্যবসায়ী
প্রকৌশলী গৃহিণী
செவிலியர் மீனவர் பொறியாளர் ஓய்வுபெற்றவர் பேராசிரியர் طالب معالج صحافی استاد استانی کسان مزدور وکیل
نرس طالبہ
نقابي نقابية نقابیة bühnenbildner souffleuse souffleur renägare zvejnieks zvejniece kalur
นักเขียน นักศึกษา เกษตรกร ทนายความ መምህር መምህርት ሐኪም ሊቀመንበር ጸሐፊ ደራሲ ገበሬ ጋዜጠኛ ተማሪ ነርስ
"""

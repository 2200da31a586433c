"""Words of organizations in many languages; `organizations_abroad` says how they are used."""

WHOLE = """
agentur amt arbeitskreis archiv ausschuss blaskapelle buchhandlung bücherei büro dachverband
druckerei edition fachverband fakultät förderkreis förderverein forschungsstelle galerie
gärtnerei genossenschaft gesamtschule gewerkschaft grundschule heimatverein hochschule hospiz
initiative institut jugendzentrum kammerchor kantorei kindergarten kita klinik klinikum
kollektiv komitee krankenhaus kreisverband labor landesverband lesekreis lesegesellschaft
manufaktur netzwerk nachbarschaft naturfreunde orchester ortsverein pfarrei pflegeheim projekt
redaktion sammlung schulverein schülervertretung singkreis stadtarchiv stadtbibliothek
stadtmuseum sternwarte studio theater tierheim universität verband verein volkshochschule
wanderverein werkstatt wohnprojekt zeitschrift zeitung zentrum zirkel kirchenkreis bürgerhaus
kinderbüro jugendwerk jugendring musikschule waldkindergarten sportverein turnverein
gesangverein musikverein imkerverein bürgerverein bürgerforum allianz aktion aktionsbündnis
koordinationsstelle geschichtswerkstatt chor amicale atelier ateliers agence académie amis
archives bibliothèque cabinet caisse cantine cantines cercle chorale chœur cinéma coalition
collège commission compagnie conservatoire coopérative espace fabrique faculté ferme foyer
groupement harmonie hôpital jardins laboratoire maternelle mission mutuelle observatoire office
orchestre organisation parti paroisse plateforme potager presse régie relais rencontres
résidence revue secours section station troupe unité vélo-école ludothèque brasserie boulangerie
bistrot guinguette éditions crèche auberge coordination alliance équipe gazette archivo bodega
cámara comisión compañía comunidad confederación cuadernos departamento diputación ecologistas
facultad ferias huerto huertos laboratorio librería movimiento oficina orquesta parroquia
partido proyecto radio revista secretaría servicio taller talleres vecinos vecinas cooperativa
alianza agencia academia ateneo guardería editorial orfeón coro amigas gaceta mancomunidad
hermandad accademia agenzia archivio asilo banca bottega coalizione compagnia comunità
confederazione consulta dipartimento edizioni facoltà impresa lega officina orchestra parrocchia
partito presidio progetto rivista scuola sezione sportello ufficio gazzetta giornale
polisportiva proloco volontari ecomuseo teatro campagna alleanza squadra agência arquivo ateliê
câmara campanha círculo clube colégio comissão comunidade coordenação creche editora espaço
faculdade fórum gazeta hospital igreja jornal laboratório livraria mosteiro observatório
orquestra paróquia rádio secretaria aliança equipa equipe caminhos academie actiegroep archief
basisschool bewonersgroep bewonersvereniging buurthuis buurtvereniging buurtcomité collectief
dorpsraad dorpshuis fanfare federatie fonds gemeente gezelschap gilde initiatief instituut
jeugdhuis kliniek koor kring milieudefensie orkest parochie partij praktijk redactie
stadsarchief uitgeverij unie verbond volkstuin volkstuinvereniging vrienden werkplaats wijkraad
ziekenhuis zorgcentrum bieb boekhandel bygdelag byalag cirkel fond församling förlag historielag
högskola kampanj kooperativ kör museet nätverk orkester sällskap samfund samverkan sjukhus
studieförbund teater teatern tidning tidningen ungdom vänner verkstad verkstaden forlag højskole
kommune kor menighed netværk selskab teatret venner værksted værkstedet fellesskap menighet
nettverk velforening verksted ungdomslag folkehøgskole kulturhus koulu museo teatteri kuoro
orkesteri verkosto ryhmä ystävät osuuskunta keskus instituutti kustantamo lehti puolue
seurakunta opisto ry kerho klub kórus múzeum színház mozgalom hálózat intézet kamara közösség
műhely szerkesztőség kiadó baráti könyvkiadó gimnázium chór grupa gmina hufiec izba koalicja
koło komitet kongres krąg księgarnia liceum liga ośrodek parafia partia politechnika
porozumienie pracownia rada redakcja ruch spółka świetlica szpital teatr urząd wydawnictwo
wydział zespół zrzeszenie gospodyń przedszkole asociace divadlo družstvo fakulta federace
gymnázium hnutí iniciativa knihkupectví komora kroužek ministerstvo nadační nakladatelství
nemocnice orchestr politická redakce sbor síť společenství strana školka úřad ústav výbor
základní muzeum asociácia iniciatíva hnutie obecná sieť únia zväz nadácia akademija centar
center družina fakultet fondacija fronta gimnazija inicijativa inštitut knjižara koalicija
kolektiv komite mreža muzej pokret gibanje redakcija savez zveza sekcija sindikat skupina
stranka šola udruga udruženje univerza ustanova zadruga zaklada založba zavod zbor župa
planinsko biroul cercul clubul coaliția colectivul colegiul comitetul compania comunitatea
confederația consiliul corul editura facultatea federația festivalul fundația asociația
gimnaziul grupul inițiativa institutul liceul librăria mișcarea muzeul observatorul oficiul
organizația parohia partidul primăria rețeaua școala secția sindicatul spitalul teatrul uniunea
universitatea centrul академия асоциация вестник община платформа съюз театър училище център
кооперация хор издателство гимназия сдружение инициатива альянс ансамбль архив ателье бюро
галерея гильдия журнал завод кафедра коллектив конфедерация магазин мастерская мемориал оркестр
отдел палата питомник приют пространство радио секция студия типография управление факультет
ферма фестиваль форум штаб экоклуб газета отряд музей-заповедник заповедник нацпарк экоцентр
библиотеки волонтёры архів гільдія колектив конфедерація майстерня притулок простір радіо секція
студія товариство управління вісник школа гурток ліга центр ліцей коледж осередок спільнота
просвіта пласт сад го ано нко ооо роо бф тсж мбу оо нго осбб буднз бо ajans akademi anaokulu
arşiv atölye atölyesi bienal cemevi dergi dergisi dershane fakülte festivali gazete gazetesi
grubu grup hastane hastanesi kafe kolektif kolektifi komisyon komitesi koro korosu köyü kurul
kurulu kurum matbaa mahallesi medya ofis orkestra partisi proje sendika stüdyo şirket şube
şubesi tiyatro tiyatrosu yayınevi evi bostanı forumu dayanışması meclisi agentlik akademiya
alyans arxiv atelye bələdiyyə dərgi fakültə federasiya festival gimnaziya kitabxana klubu kollec
komitə konfederasiya kooperativi liqa lisey mərkəz nəşriyyat orkestr partiya partiyası platforma
qalereya qalereyası qəzet qrup qrupu redaksiya redaksiyası studiya studiyası şəbəkə şirkət şöbə
şura təşəbbüs təşəbbüsü təşkilat universitet xor xoru dostları könüllüləri birliyi მეგობრები
გაზეთი ჟურნალი ჯგუფი აკადემია არქივი გილდია კომიტეტი საბჭო ფედერაცია გაერთიანება კოლექტივი
სტუდია გალერეა ორკესტრი გუნდი საავადმყოფო ფაკულტეტი პროექტი რადიო სახელოსნო კოოპერატივი
ასოციაცია კავშირი ფონდი კლუბი ცენტრი ლიცეუმი პარტია სააგენტო πρωτοβουλία ομάδα κοινότητα στέγη
θέατρο μουσείο χορωδία ορχήστρα γυμνάσιο λύκειο σχολή τμήμα εφημερίδα περιοδικό εκδόσεις
βιβλιοπωλείο εργαστήριο αρχείο φεστιβάλ κόμμα παράταξη συμβούλιο δήμος ενορία νοσοκομείο κλινική
αδελφότητα κολεκτίβα συλλογικότητα πλατφόρμα συμμαχία ινστιτούτο ακαδημία συντονιστικό φόρουμ
λέσχη φίλοι δημοτικό ένωση δίκτυο κίνηση όμιλος συντροφιά παρατηρητήριο ομοσπονδία հկ ասոցիացիա
ինստիտուտ դպրոց թանգարան ակումբ ցանց շարժում նախաձեռնություն պլատֆորմ խումբ կազմակերպություն
խորհուրդ ընկերություն թատրոն հրատարակչություն թերթ ամսագիր քոլեջ ակադեմիա ֆեդերացիա կոմիտե ցանցը
արվեստանոց երգչախումբ ընկերները բարեկամներ միություն գրադարաններ yayasan perkumpulan komunitas
lembaga universitas sekolah perpustakaan pusat jaringan aliansi koalisi serikat himpunan ikatan
gerakan koperasi kelompok sanggar shirika taasisi kituo maktaba mtandao jumuiya muungano cumann
coiste conradh foras ionad scoil ollscoil leabharlann gaelscoil cymdeithas mudiad ysgol
prifysgol canolfan llyfrgell cyfeillion menter clwb ymddiriedolaeth elkartea taldea fundazioa
eskola unibertsitatea liburutegia sarea mugimendua kooperatiba elkarte amics agrupament veïns
ateneu fundació col·lectiu moviment escola xarxa centre llibreria associació federació qendra
universiteti instituti lëvizja grupi klubi forumi asociacija draugija fondas sąjunga centras
universitetas mokykla institutas klubas tinklas judėjimas iniciatyva bendruomenė muziejus
biedrība savienība centrs bibliotēka universitāte institūts klubs tīkls kustība iniciatīva
muzejs selts ühing liit sihtasutus raamatukogu ülikool võrgustik liikumine algatus muuseum félag
samtök háskóli bókasafn मंच संगठन समिति संघ संस्था न्यास ट्रस्ट विश्वविद्यालय पुस्तकालय केंद्र
समूह मंडल परिषद सभा आंदोलन विद्यालय קבוצת קבוצה מועדון פורום תיאטרון מוזיאון קואופרטיב מכללת
מכללה מפלגת עיתון הוצאת קהילת חברת התאחדות הסתדרות לשכת מועצת עיריית ידידי יוזמת יוזמה ברית
אקדמיה להקת מקהלת סטודיו ארגון אגודה מכון ספרייה ספריית אוניברסיטת איגוד קרן מרכז רשת ועד תנועת
שדולת תושבי kilusang samahan samahang kapisanan lapian chama umoja chemchemi byalaget bygdelaget
hembygdsföreningen
confraría confraria asociacións colectivos corporación cofradía inwonersvereniging köre körök
egyesülete
alapítványa szövetsége társasága mtü মঞ্চ সংঘ সমিতি পরিষদ ফোরাম সংস্থা ফাউন্ডেশন சங்கம் அமைப்பு
கழகம் மன்றம்
அறக்கட்டளை มูลนิธิ สมาคม ชมรม เครือข่าย สหภาพ กลุ่ม ማህበር ማኅበር ድርጅት انجمن تنظیم اتحاد فورم ادارہ
қоры ұйымы қоғамы бірлестігі қауымдастығы орталығы одағы
"""
# A word that begins so, with at most three letters behind: the endings of its cases.
STEMS = """
stowarzyszen fundacj bibliotek towarzystw spółdzieln uniwersytet politechnik inicjatyw redakcj
wydawnictw muzeum komitet koalicj federacj asociac nadac knihovn společnost sdružen federac
iniciativ divadl univerzit gymnázi redakc nakladatelstv udruženj udrug knjižnic društv zaklad
zadrug akademij fakultet обществ ассоциаци организаци библиотек федераци академи инициатив
редакци издательств лаборатори гимнази коалици мастерск студи платформ профсоюз кооператив
объединени университет институт комитет товариществ сообществ товариств асоціаці організаці
бібліотек федераці академі ініціатив редакці видавництв лаборатор гімназі коаліці майстерн
профспілк об'єднанн університет інститут комітет спільнот сдружени фондаци асоциаци читалищ
ასოციაცი კავშირ ფონდ უნივერსიტეტ ცენტრ ბიბლიოთეკ საზოგადოებ ორგანიზაცი ინსტიტუტ კლუბ მუზეუმ
ინიციატივ პლატფორმ მოძრაობ კოალიცი თეატრ გამომცემლობ აკადემი კომიტეტ ფედერაცი კოოპერატივ
միություն հիմնադրամ կենտրոն համալսարան գրադարան ասոցիացիա ինստիտուտ թանգարան կազմակերպություն
ընկերություն dernek vakıf federasyon kooperatif platform kütüphane üniversite sendika
"""
# The last part of a compound: "Singkreis", "stadsarchief", "bygdelaget".
SUFFIXES = """
agentur archiv büro kapelle kammerchor kollektiv kreis treff runde bühne verwaltung vertretung
jugend laden redaktion sammlung seminar institut galerie zeitschrift anzeiger kurier manufaktur
druckerei gärtnerei bäckerei brauerei bücherei buchhandlung konferenz kongress kampagne bewegung
plattform kommission direktion regierung ministerium behörde anstalt versicherung klinik
klinikum krankenhaus hospital station sternwarte zirkus orchester ensemble quartett kantorei
philharmonie nachbarschaft körperschaft kindergarten labor projekt kirche fakultät parlament
präsidium sekretariat atelier studio förderkreis literaturhaus bürgerhaus jugendhaus kulturhaus
gasthaus forum chor vereniging stichting collectief redactie uitgeverij orkest museum archief
instituut federatie comité koor boekhandel werkplaats kerk parochie bibliotheek school academie
coöperatie fractie kring föreningen förening förbundet nätverket nätverk sällskapet skolan skola
biblioteket bibliotek museet teatern kören kyrkan församlingen församling förlag förlaget
verkstaden verkstad rådet stiftelsen kommunen partiet cirkeln gruppen sjukhuset universitetet
högskolan centrum centret klubben verket tidningen bladet vännerna foreningen forening forbundet
netværket selskabet skolen skole teatret koret kirken menigheden forlaget værkstedet hospitalet
højskolen avisen vennerne nettverket velforening samlaget yhdistys liitto säätiö kirjasto
yliopisto seura koulu museo teatteri kuoro verkosto ryhmä keskus kustantamo seurakunta opisto
osuuskunta kerho ystävät kilta egyesület alapítvány könyvtár társaság szövetség egyetem iskola
múzeum színház kórus hálózat intézet műhely kiadó klub szervezet mozgalom
"""

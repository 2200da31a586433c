"""Given names of many languages, by their keys. They only break ties and lessen doubts."""

from __future__ import annotations

from .text import keys

GIVEN_NAMES_ABROAD = keys(
    """
    aaron abigail adele adrian agatha agnes aidan albert alexandra alexis alfred alison allison
    alma amelia anastasia andre annabel anne annie anthea april archie arlene arnold arthur audrey
    austin ava barnaby beatrice beatrix ben bernadette bernard bertha beth bethany beverley bill
    blanche bob bonnie boris bradley brendan brett bridget bruce bryan caitlin callum cameron
    candace caroline carolina cassandra cecil cecilia cedric celia charlie chloe chris clara
    clarence clifford clive colin connor conrad constance cora cordelia craig curtis cyril daisy
    damian dan dana darren dave dawn dean deirdre delia delphine derek desmond diane dominic
    doreen doris douglas duncan dylan eamon earl edgar edith edmund edwin eileen elaine eleanor
    elijah ella ellen ellis eloise elsie emerson emmanuel enid ernest esme estelle esther ethan
    ethel eugene eunice evan eve fergus fern fiona flora florence francine freda frederick freya
    gareth gavin gemma geoffrey gerald geraldine gertrude gideon gilbert gillian gina giles gladys
    glenn glenda gordon graham greta gwen gwendolyn hamish harold harriet harvey hazel hector
    herbert hester hilary hilda horace howard hubert hugh hugo humphrey ida imogen ingrid irene
    iris irma isaac isabella isla ivan ivor ivy jackson jade jake jasmine jasper jed jemima jenna
    jenny jeremy jerome jesse jill jim jo joann joanna joanne jodie joe joel johanna jonah jonas
    jordan josephine josie joy juan jude judy juliet juliette june justine karl kate katharine
    kathy katie katrina keith kelvin ken kendra kerry kieran kirsten kurt kyle lawrence leah leila
    leland lenora leon leona leonard leroy leslie lester lewis liam lila lilian lillian lily
    lionel lloyd logan lois lorna lorraine louis louisa louise lucas lucille lucinda lucy lydia
    lyle lynn mabel madeleine maggie malcolm marcella marcia marcus margery marguerite marian
    marianne marjorie marlene marshall marvin maud maureen maurice mavis maxine meg melanie
    melinda melvin mercedes meredith mervyn mia mildred miles millicent milton mindy minerva
    miranda miriam moira molly mona monica morgan muriel myra myrtle nadia nadine naomi natalie
    nathan nathaniel ned nell nettie neville nigel nina noah noel nora noreen norman octavia
    odette olive ollie opal ophelia oswald otis owen pansy pat patience patsy paula pauline pearl
    peggy penelope percy perry phil philip philippa phillip phoebe phyllis polly preston priscilla
    prudence quentin quinn rachael ralph ramona randall raphael reggie regina reginald rene rex
    rhoda rhona rita robin roderick rodney roger roland ron ronan rory rosalie rosalind rosamund
    roscoe rosemary ross rowan roxanne roy rufus rupert russell sadie sally sam samson saul sean
    sebastian selina serena seth shane shannon shaun sheila shelley shirley sidney sienna silas
    simone sonia sonya spencer stacey stan stanley stella stewart stuart sue sybil sylvia tabitha
    tamara tania tara ted terence teri terrence terry tess tessa thea thelma theodore theresa tim
    tina tobias toby tod tom toni tony tracey tracy travis trevor tristan troy trudy tyler ursula
    valentina valerie vanessa vera vernon veronica vince vincent viola violet vivian vivienne
    wallace walter wanda warren wayne wendell wendy wilbur wilfred will willard willis wilma
    winifred winston xavier yolanda yvette yvonne zachary zara zelda zoe achim adelheid agathe
    albrecht alois andreas anja anke anna annegret anneliese annette annika antje arne arno astrid
    axel baerbel barbel beate bernd bernhard bettina birgit birte bjorn bodo brigitte bruno
    burkhard carla carsten christa christel christian christiane christoph christof claus clemens
    cornelia dagmar detlef dieter dietmar dietrich dirk dorothea dorothee eberhard eckhard
    edeltraud elfriede elisabeth elke erhard erich erika ernst erwin eva evelin ferdinand florian
    frank franz franziska frauke frieda friedrich friederike gabi gabriele georg gerd gerda
    gerhard gerlinde gernot gertrud gisela gottfried gregor gudrun gunda gunter gunther gustav
    hannah hanna hannelore hanno hartmut hedwig heidi heidrun heiko heiner heinrich heinz helene
    helga hella helmut henning henrike hermann hildegard holger horst ilka ilona ilse inge
    ingeborg ingo ines inka irmgard isolde jan jana jens jochen johannes jorg josef judith julian
    jutta kai karin karsten katharina kathrin katja katrin kerstin klara konrad konstantin lars
    lena lennart leni leonie liesel lina linus lisbeth lore lorenz lothar ludger ludwig lukas lutz
    magdalena maike manfred manuela mareike margarete margit margot marlies martina mathias
    matthias mathilde mechthild meike michaela mirjam moritz nele nico niklas nils norbert odo ole
    oskar otto peer philipp rainer ralf reiner reinhard reinhold renate rolf rosemarie roswitha
    rudi rudiger rudolf sascha severin siegfried sigrid silke silvia solveig sonja soren stefan
    stefanie susanne sven svenja tanja theodor thilo thorsten tilda till tilman timo torben
    torsten traute trude udo ulf uli ulla ulrich urs uschi uta ute uwe verena viktor viktoria
    volker waldemar waltraud wenke werner wiebke wilhelm wilhelmine wolfgang wolfram aime alain
    albane alexandre alice aline alix amandine amelie anais andree angelique anne-marie annick
    antoine antoinette armand arnaud aurelie aurelien axelle baptiste bastien benedicte benjamin
    benoit bertrand blaise blandine brice camille carole catherine cecile celine chantal
    christelle christophe clarisse claude claudine clemence clement clotilde colette coline
    corentin corinne cyrille damien danielle denis didier dominique edouard eliane elise elodie
    emeline emile emilie emmanuelle erwan etienne eugenie eulalie fabien fabienne fabrice fanny
    fatou felicie fernand flavie florent francis franck francoise frederic frederique gael gaelle
    gaetan genevieve geoffroy georges germaine ghislaine gilles gregoire guillaume guy gwenael
    gwendal henri herve honore hortense hugues huguette isabelle jacqueline jean jean-claude
    jean-francois jean-luc jean-marc jean-marie jean-michel jean-paul jean-pierre jeanne joelle
    josette josiane jules julien karine laetitia laure laurence laurent lea lise loic lola luc
    lucie lucien lucile ludovic lydie mael magali manon marc marcel margaux mariam marie-claude
    marielle marine marion marius marthe martine mathieu maxime mireille monique morgane myriam
    nadege nathalie nelly nicolas nicole ninon noemie oceane odile olivier ophelie pascal pascale
    patrice patricia paulette perrine philippe raoul raphaelle raymonde regine regis remi remy
    renee romain romane roselyne sandrine sebastien serge severine sidonie solange solene stephane
    suzanne sylvain sylvaine sylvie tatiana tanguy theo therese thibault thierry ugo valentin
    veronique victor violaine virginie vivien yacine yann yannick yves yvon abel adela adolfo
    agustin alba alberto alejandra alejandro alfonso alfredo alicia almudena alonso alvaro amalia
    amparo andrea andres angel angela angeles antonia araceli ariadna arturo asuncion aurora
    beatriz begona belen benito bernardo blanca brigida camila candela carlota carmela catalina
    cayetano cesar claudio clemente concepcion consuelo covadonga cristian cristina cristobal
    dario david diego dolores domingo eduardo elba elisa eloy elvira emilia emilio encarnacion
    enrique ernesto esperanza esteban estefania eugenia eugenio eulalia fabiola federico felipe
    felisa fermin fernanda fernando fidel florentina gabriel gabriela gaspar gerardo german
    gilberto gonzalo gregorio guadalupe guillermo gustavo hernan hilario ignacio imanol inmaculada
    inaki isidro itziar jacinto jaime javier jesus jimena joaquin jon jordi jorge josefa josefina
    juana juliana julio lautaro leandro leire leonor leticia lorena lorenzo lourdes luciana
    luciano luisa macarena maite manuel marcela marcelo marcos margarita maribel mariana mariano
    marina mario marisa marisol marta mateo matias mauricio maximo micaela miguel milagros mireia
    monserrat montserrat nahuel natalia nerea nieves noelia norma nuria octavio olga oriol oscar
    pablo paloma paola pascual patricio paz pepe pilar purificacion rafael ramiro ramon raquel
    raul rebeca ricardo rigoberto roberto rocio rodolfo rodrigo rogelio roman rosalia rosario
    ruben salvador sancho santiago santos sergio silvio socorro soledad susana tadeo teodoro tomas
    trinidad ulises valeria vanesa vicente vicenta violeta virgilio ximena yago abigaille achille
    adriana adriano agata agnese agostino alberta alda alessandra alessandro alessia alessio alfio
    alina amedeo ambra amerigo angelo annamaria annalisa antonella antonello arianna armando
    attilio aurelio azzurra barbara benedetta benedetto bianca brunella camilla carlo carlotta
    caterina cesare chiara cinzia cira ciro claudia clelia corrado cosimo costanza cristiana
    cristiano damiano daniela daniele davide debora denise domenico donatella donato edoardo elena
    eleonora eliana elisabetta emanuela emanuele emma enrica enrico enzo ermanno ettore ezio
    fabiana fabio fabrizio fausto federica ferdinando ferruccio filippo flavia flavio franca
    franco fulvia fulvio gabriella gaetano gaia gennaro giacomo giada giancarlo gianfranco
    gianluca gianna gianni gianpaolo gilda ginevra gino gioia giordano giorgia giorgio giovanna
    giuliana giuliano giuseppe giuseppina grazia graziella gualtiero guglielmo guido igor ilaria
    imma ivana ivano jacopo lara laura leonardo letizia lidia livia livio lodovico lorenza loretta
    luana lucio lucrezia luigi luigia manlio mara marcello margherita mariagrazia marianna
    mariella marilena marino massimiliano massimo matilde matteo mattia maurizio mauro michela
    michele michelangelo milena mirco mirella nicola nicoletta nicolo noemi nunzia orazio oriana
    ornella patrizia pasquale piera piero pierluigi pietro pina raffaele raffaella renata renato
    riccardo rinaldo roberta rocco romano romeo rosalba rosanna rosella rossella rossana ruggero
    sabina sabrina salvatore salvo samuele sandra sandro santo sara saverio silvana silvano simona
    sofia stefania stefano susanna teresa tiziana tiziano tommaso tullio ubaldo umberto valentino
    valerio vanni vasco vincenzo virginia vito vittoria vittorio viviana zeno adelia afonso amadeu
    amaro anibal armindo augusta aurea baltazar bento bernardino bras caetano celeste celina celso
    conceicao cristovao custodia deolinda diogo dinis duarte edite eduarda elsa estevao fatima
    filipa filipe firmino florbela francisca glorinha goncalo graca guilherme guiomar heitor
    helder henrique heloisa hermano herminia horacio humberto ilda isaura iva ivone janaina joana
    joao joaquim jurema larissa leandra leonel licinia ligia lourenco luiza luiz luzia madalena
    mafalda marcio marilia mateus moacir nelson nuno ofelia olavo otavio paulo pedro petra
    quiteria rafaela raimundo renan rogerio rosangela rute severino simao tadeu telma tiago tome
    valdemar vanda vinicius vitor vitoria wilson zelia zita ada adem adil ahmet akif akin alev
    alper altan arda arzu asli asuman ata atakan ates atilla aycan aydan aydin aygul aylin aynur
    aysegul aysun ayten azize bahar bahattin banu baran baris basak bayram bedia begum behiye
    bekir belgin belma beren berk berkay berna betul beyza bilal birsen bora buket bulent burak
    burcu burhan busra can canan cansu cavit celal cem cemal cemile cemre cengiz ceren cetin ceyda
    ceylan cihan cigdem coskun damla defne demet deniz derya devrim didem dilara dilek dogan duygu
    ebru ece eda edip efe ekrem ela elif emel emin emrah emre enes engin enver eray ercan erdal
    erdem erdinc eren erkan erol ersin ertan ertugrul esin esra evren eylem eylul ezgi fadime
    fahri faruk fatih fatma ferhat feride ferit feyza fikret filiz firat fulya funda furkan galip
    gamze gizem gokce gokhan gonca gonul gul gulay gulcan gulden gulizar gulnur gulsah gulsen
    gulten gunes gunay gurkan guven hacer hakan hale halil halime hamdi hande handan harun hasan
    hasret hatice haydar hayri hazal hikmet hilal hulya huriye husniye ibrahim idil ihsan ilayda
    ilhan ilker ilknur inci irem irfan isik iskender ismail ismet izzet kaan kader kadir kazim
    kemal kenan kerem kerim koray kubra kursat lale levent mahir mahmut makbule mehtap melek melih
    melike meltem meral mert merve mesut metin mevlut mine mithat muge muhammet muharrem muhsin
    mujde murat musa mustafa muzaffer nalan namik nazan nazim nazli nebahat necati necla nedim
    nehir nermin nese nesrin nevin nevzat nihal nihat nil nilay nilgun nilufer nimet nur nuray
    nurcan nurdan nurettin nurgul nuri nurten ogun oguz okan oktay olcay omer onur orhan osman oya
    oyku ozan ozcan ozge ozgur ozlem pelin pembe peri pinar rabia rahmi ramazan rasim recep refik
    reyhan riza ruhi sabahat sabri sadik safiye saim sait salih salim sami sancar sebnem seda
    sedat sedef sefa selahattin selcuk selda selim selin selma sema semih semra senay sengul serap
    serdar serhat serkan serpil sevda sevgi sevil sevim seyma sezen sezer sibel sinan sinem soner
    songul suat sukran sukru suleyman sultan suna sureyya suzan sahin sule taha tahsin tamer tanju
    taner tarik tayfun tayyar tekin tolga tugba tugce tuncay tuncer tulay tulin turan turgut
    turkan ufuk ugur ulku umit umut unal utku volkan yagmur yakup yalcin yasar yasemin yasin yavuz
    yeliz yesim yigit yildiray yilmaz yucel yuksel yunus yurdagul yusuf zafer zehra zekeriya zeki
    zeliha zerrin zubeyde zuhal zulfikar abbas abdulla abulfaz afaq afet agil aida alakbar aliya
    alman altay anar araz arif asif aslan aygun ayna aynura aysu aytac azad azer babek bahruz
    bayim behruz cahid camal cavad cavid ceyhun cingiz cinara dilbar dilare durna elcin eldar
    elgun elman elmar elmir elmira elnara elnur elsad elsan elsen elton elvin emil esmira etibar
    fakhri farid faride farhad fargana ferid fexri fidan firuze fuad gunel gulnar gulnare gulsum
    gulya habib hafiz hamid heyder hokume huseyn ilaha ilham ilqar ilkin imran inara intiqam irade
    ismayil jalal jamila jeyhun kamal kamala kamil konul lamiye latif leman leyla lutfi mahmud
    maleyka mammad matanat mehriban mehdi metanet mirvari mubariz murad mushfiq nabi nadir nail
    naila namiq narmin natavan natiq nazrin nesib nezrin nigar nihad nizami nurana nurlan orkhan
    orxan parvana parviz pervane pervin qadir qulam rahib rahil rahim ramil ramin ramiz rasul rauf
    rasad resad rezvan rovshan rovsen rufat rufet ruslan rustam sabir sabuhi sadaqat saida salman
    samaya samir samira sarvar seadet sevinc seymur shahin shahla simuzar solmaz suraya tahir
    tahmina taleh tamam tamilla tariyel tarlan tatyana telman teymur tofiq togrul tural ulduz ulvi
    ulviyya umid urfan vaqif vasif vefa vidadi vugar vusal vusala xalid xanim xatire xeyale yegana
    yusif zahid zahra zamina zaur zeyneb zohra zulfiyya zulfiya агата агния аделина айдар айгуль
    александр александра алексей алена алина алиса алла альберт альбина анастасия анатолий
    ангелина андрей анжела анна антон антонина арина аркадий арсений артем артур ася белла богдан
    борис вадим валентин валентина валерий валерия варвара василий василиса вера вероника виктор
    виктория виталий владимир владислав владислава всеволод вячеслав галина геннадий георгий
    герман глеб григорий дарья денис диана динара дмитрий евгений евгения егор екатерина елена
    елизавета ефим жанна захар зинаида зоя иван игнат игорь илья инга инна иннокентий ирина ия
    карина кира кирилл клавдия клара константин кристина ксения лада лариса лев леонид лера лидия
    лилия любовь людмила майя макар максим марат маргарита марианна марина мария марк марта матвей
    милана мирон михаил надежда наталия наталья никита николай нина нонна оксана олег олеся ольга
    павел петр полина прохор раиса регина ринат римма роберт родион роза роман ростислав руслан
    рустам савелий светлана святослав семен сергей снежана софия софья станислав степан таисия
    тамара тарас татьяна тимофей тимур ульяна федор филипп эдуард элеонора эльвира эльмира эмма
    юлиан юлия юрий яков яна ярослав ярослава андрій анатолій богдана василь віктор вікторія віра
    віталій володимир ганна григорій данило дарина дмитро євген євгенія єлизавета зіновій ігор
    інна ірина катерина кирило костянтин леся лілія любов маряна марія микола михайло надія назар
    наталія наталя олександр олександра олексій олена орест остап павло петро поліна світлана
    сергій соломія софія тетяна уляна федір христина юлія юрій ярина ахмед أحمد محمد محمود مصطفى
    علي حسن حسين عمر عثمان خالد يوسف ابراهيم إبراهيم كريم طارق سامي سمير وليد زياد ياسر ياسين نبيل
    جمال كمال عادل فؤاد رامي هشام وائل ماهر عماد فادي بلال أنس حمزة سعيد صالح عبدالله فاطمة مريم
    عائشة خديجة زينب ليلى سلمى هدى منى نور سارة ريم رنا دينا هالة نادية سميرة أمل إيمان حنان سعاد
    لمى لينا ندى رانيا سوسن وفاء كوثر آمال نجلاء شيماء ياسمين جميلة علی رضا مریم زهرا فاطمه
    محمدرضا حسین مهدی امیر سعید حمید ناصر پریسا نرگس مینا شیرین کاوه آرش ნინო გიორგი თამარ ანა
    მარიამ დავით ლევან ირაკლი ზურაბ ეკატერინე ნანა მაია თეა ნათია სალომე ლაშა გია ბექა ვახტანგ
    ქეთევან ელენე ლიკა სოფიო თეონა შოთა agnieszka aleksander aleksandra alicja andrzej bartosz
    beata bogdan bozena cezary danuta dariusz dawid dominik dorota edyta elzbieta ewa ewelina
    filip grazyna grzegorz halina henryk irena iwona izabela jacek jadwiga jakub janina janusz
    jaroslaw jerzy jolanta jozef justyna kacper kamila karolina katarzyna kazimierz kinga krystyna
    krzysztof leszek lucyna lukasz maciej malgorzata marcin marek mariola mariusz mateusz michal
    mieczyslaw miroslaw monika oliwia pawel piotr przemyslaw radoslaw rafal robert ryszard
    slawomir stanislaw sylwia szymon tadeusz tomasz urszula wieslaw witold wlodzimierz wojciech
    zbigniew zdzislaw zofia zuzanna zygmunt ales alena antonin barbora blanka bohumil ctirad
    dalibor denisa dusan eliska frantisek hana helena ivo jarmila jaromir jaroslav jiri jitka
    karel katerina kvetoslav ladislav lenka libor libuse lubos ludek marketa martin matej milan
    miloslav miroslav misa nikola oldrich ondrej pavel pavla petr radek radim radka richard
    rostislav sarka stanislav stepan vaclav veronika vit vladimira vlasta vojtech zbynek zdenek
    zdenka zuzana anders anita arvid berit birgitta bo bodil britta dag ebba einar eirik elin else
    erik erland eskil frida fredrik frode gosta greger grethe gro gun gunilla gunnar gustaf halvor
    hanne hans harald hedda hedvig helge helle henrik hilde hilma inger ingvar jesper joakim johan
    jorn kaj kari kirsti kjell klas knut kristian kristin kristina lasse leif lene liv lotta
    lovisa mads magne magnus maj maja maren mari marit mats merete mette mikael mikkel mogens
    morten nanna niels oddvar ola olaf olav ottilia par pehr per pernilla preben ragnar ragnhild
    rasmus rikke rune sigurd silje siri siv sofie stellan sten stig stine stina sune svein svend
    synnove tone tor torbjorn tore torgeir tove trine trond troels trygve ulrika vibeke viggo
    yngve aarne antti eero eija elina esa hannu heikki helmi ilkka ilmari irja jari jarmo juha
    juhani jukka kaarina kaisa kalle katri kimmo kirsi lauri leena liisa maija marja markku marko
    matti merja mika mikko minna niina olli outi paavo paivi pasi pekka pentti petri pirjo raija
    raimo reijo riikka riitta ritva sanna sari satu seppo sirpa taina tapani tarja teemu terttu
    tiina tuija tuomas tuula veikko ville aad aart adriaan annelies anouk arjan bas bert bram
    carolien cees coen corrie daan els evelien femke floris frans fleur geert gerrit gijs guus
    hanneke harm hein hendrik henk henny herman ineke jaap jacob jan-willem janneke jelle jeroen
    joost joke jolanda jorrit jos jurgen kees klaas koen lies lieke lotte maaike maarten machteld
    marieke marijke marjan marleen mieke nienke paulien piet pieter pim rens rianne rik roel ruud
    sander sanne sjoerd stijn sytske teun thijs tineke tjeerd truus twan wietske willem wim wouter
    agoston andras anett aniko attila balazs bela bence csaba dezso eniko erzsebet eszter ferenc
    gabor gergely gyorgy gyula hajnalka ildiko imre istvan janos jozsef judit julianna kalman
    karoly katalin krisztina laszlo levente magdolna matyas miklos mihaly nandor orsolya pal peter
    piroska reka sandor tamas tibor timea vilmos zoltan zsofia zsolt zsuzsanna alexandru ana-maria
    anca andreea aurel camelia catalin cezar ciprian constantin corina cornel costin diana doina
    dorin doru dragos dumitru felicia florin florina gheorghe horia ileana ilie ioan ioana ion
    ionel ionut irina iulia iulian larisa laurentiu lavinia liliana liviu loredana lucian luminita
    madalina mihaela mihai mircea mirela nicoleta octavian oana ovidiu paul petru radu raluca
    razvan roxana sanda sorin teodora tudor vasile viorel vlad ana-marija bojan bosko branka
    branko danijela darko davor dejan dragan dragana dubravka dusko goran gordana ivica jadranka
    jasmina jasna jelena jovan jovana katarina ljiljana ljubica luka marija mate milica miljana
    milos mira mirjana mladen nada natasa nebojsa nemanja nenad petar radmila ratko sanja sasa
    senka sinisa slavica slavko slobodan snezana srdjan stanko stojan tatjana tomislav vesna vlado
    vladan vuk zdravko zeljko zlatko zoran θαλεια κιμων γιωργος γιαννης μαρια ελενη κωστας νικος
    δημητρης κατερινα αννα σοφια παναγιωτης βασιλης χρηστος αγγελικη ιωαννα αλεξανδρος θανασης
    σπυρος ευαγγελια δεσποινα abebe abdi abdul abdullah abena adaeze ade adebayo adeola afia
    akosua akua amara amani amir anwar asha ayodele ayo babajide bola chiamaka chidinma chika
    chinedu chinwe deepa deepak dipa efua ekow emeka esi fahad farah faisal farida fatoumata femi
    folake funmi gaurav gita habiba hadiza hafsa halima hamza haruna hassan hussein idris ifeoma
    ikenna jamal jyoti kabir kadiatou karim kavita khadija khalid kiran kunle kwabena kwaku kwasi
    lakshmi lamin layla mahmoud malik mariama maryam meera mina mohamed mohammad monir mounir
    moussa mustapha nadim naeem naima nasir nasreen neha nia nikhil nisha nneka nnamdi noor nour
    obinna olu olumide omar omari oumar padma parvati pooja pradeep prakash pranav preeti rachid
    rafiq rajesh rakesh ramesh rami rania rashid ravi reem rekha reza rohan rohit roya rukmini
    sadia saeed safiya salma sana sandeep sania sarita seydou shabana shahid shanti sharif sherif
    shirin shreya siddharth simran sita soumaya sridhar sunil sunita suresh swati tariq temitope
    thabo thandi tunde uche uma usman vijay vikram vivek wafa waleed wangari wanjiru yaa yasmin
    yasmina youssef yusra zainab zeynab ziad zodwa zubair akira asuka ayako daisuke emi haruka
    haruki hideo hitomi kaori kazuko keiko kumiko makoto mariko masako mayumi megumi michiko
    midori naoko noriko rei ryo sachiko satoshi shinji takashi takeshi tomoko yoko yoshiko yumi
    yumiko anh binh chi cuong dung duc hai hanh hieu hoa hong hung huong khanh lan linh loan mai
    minh nga ngoc nguyen nhung phuong quang quynh thanh thao thi thu thuy trang trung tuan tung
    van vinh
    bernat neus mercè carme assumpta dídac pere miquel núria aina laia gemma roser arnau guillem
    montserrat meritxell eulàlia jaume llorenç marçal martí fatmata aminata mariatu isatou
    """
)

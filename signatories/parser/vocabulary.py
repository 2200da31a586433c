"""Words that tell honorifics, credentials, roles and organizations apart.

Every word is a comparison key (see `text.key`): lower case, no marks, no full stops.
"""

from __future__ import annotations


def each(text: str) -> list[str]:
    return text.split()


def words(text: str) -> frozenset[str]:
    """The blank-separated words of a text."""
    return frozenset(each(text))


CREDENTIALS = words(
    """
    phd dphil md do jd llb llm lld esq esquire obe mbe cbe kbe dbe gbe kcmg cmg cpa cfa cfp mba
    ma msc ms ba bsc bs bfa mfa mph mpa mpp msw lcsw lmsw rn np aprn bsn msn dnp dds dmd dvm
    pharmd edd edm med psyd dmin mdiv thd mlis mls pe ra aia faia aicp pmp frs frsa fba frcp mrcp
    frcs mrcs qc kc mp mep msp mla mna jp ceng pgce bed cissp aca fca acca dsc dlitt dlit sj ofm
    op osb riba leed ret retd facs faap fcipd cipd mcilip fcilip mphil mres meng beng bcom bcl
    mdb mdl mdep hons scd bds mbbs mbchb rgn frics mrics cchem csci dba csw lpc lmft ccc-slp
    bvsc shrm-cp cma mstp facp faan fache facc facog faia asla fasla frias ccm cne pa-c
    frse frsl frhs faa fmedsci fhea fba emt drph mbcs
    fbcs frgs frhists csc drsc csw mudr phdr judr rndr
    osf osu ssnd ihm rsm csj cssp cssr sss svd csc fsc msc sds ofmcap ocd omi sdb osc obl
    """
)
# Orders of monks and nuns, whose letters are organizations' letters as well.
RELIGIOUS_ORDERS = words("osf osu ssnd ihm rsm csj cssp cssr sss svd fsc sds ocd omi sdb osc obl")
MIXED_CASE_CREDENTIALS = words(
    "phd dphil esq esquire msc bsc pharmd edd psyd dmin mdiv bed med edm mphil mres meng beng "
    "mdb mdl mdep hons ceng bcom frhists mbchb ret retd dlitt bvsc drph thd dsc scd cchem csci"
)

NAME_SUFFIXES = words("jr sr ii iii iv snr jnr")
PARTICLES = words(
    """
    van der den de la le da do dos das du del della di von zu zum zur ter ten af av ap ben bat bin
    bint ibn abu al el ul ud y e i oglu qizi kizi ogly kyzy oghlu uulu st san santa mac mc
    """
)
PATRONYMS = words("oglu qizi kizi ogly kyzy oghlu uulu")
LEGAL_FORMS = words(
    """
    llc inc incorporated ltd limited plc llp lp corp corporation co gmbh ggmbh ag ug ev sa sarl
    sas srl spa bv nv oy ab as asa aps pty pllc pc mmc qsc asc ooo zao cic cio sro kft eg ngo npo
    """
)

# Words of organizations in the languages that blocks come in.
ORGANIZATION_WORDS = words(
    """
    association assn assoc society societies center centre centers centres institute institution
    university universities polytechnic college school schools academy foundation fund funds trust
    trusts
    union unions council councils coalition alliance network group groups club clubs committee
    library libraries museum museums party federation confederation congress forum initiative
    project projects community communities partnership solutions services service company
    companies hospital clinic magazine news newspaper radio television theatre theater orchestra
    choir chorus band cooperative co-op collective league movement campaign commission agency
    bureau department faculty ministry office organization organisation organizations
    organisations corporation enterprises enterprise holdings studio studios laboratory labs lab
    consulting consultants consultancy partners technologies technology systems software media
    publishing publishers publications books bookshop bookstore charity charities parish diocese
    synagogue mosque ministries seminary conservancy conservation watershed stewards guild lodge
    chapter chamber order branch section secretariat embassy consulate authority district board
    observatory archive archives gallery garden gardens farm farms kitchen bakery brewery cafe
    circle register workshop hub exchange quarterly gazette herald journal chronicle courier archive
    programme troop scheme campus savers walkers cyclists pedestrians gardeners growers beekeepers
    ramblers builders users riders tenants councils allotments allotment playgroup playgroups
    playgrounds pantry co-housing foodbank cinema playhouse library-bus newsroom charter
    restaurant preschool kindergarten nursery daycare pharmacy dental realty properties logistics
    industries international global worldwide nonprofit taskforce assembly senate parliament
    team crew volunteers friends citizens neighbors neighbours residents parents mothers fathers
    women men students teachers educators scientists physicians doctors nurses lawyers attorneys
    writers artists musicians veterans scouts guides workers farmers fishers anglers librarians
    readers professionals alumni families cities sisters brothers youth save stop action without
    guardians watch protectors champions allies sangat gurdwara
    advocates defenders keepers riverkeeper waterkeeper baykeeper diaspora house festival
    ensemble troupe syndicate think-tank program programme programs centrum
    verein gesellschaft stiftung verband bund bundesverband landesverband genossenschaft zentrum
    initiativkreis burgerinitiative hochschule universitat schule bibliothek gemeinde
    association societe fondation centre institut universite ecole collectif syndicat federation
    comite bibliotheque ligue maison amis
    asociacion fundacion sociedad instituto universidad escuela biblioteca centro comite
    federacion sindicato colectivo amigos associacao fundacao sociedade universidade escola
    associazione fondazione societa universita scuola biblioteca vereniging stichting
    cemiyyeti cemiyyet birliyi birlik ittifaqi ittifaq merkezi merkez fondu fond teskilati
    assosiasiyasi assosiasiya mektebi mekteb universiteti kitabxanasi kitabxana subesi evi icmasi
    komitesi konqresi sebekesi instituti muzeyi teatri akademiyasi federasiyasi
    dernegi dernek vakfi vakif birligi cemiyeti federasyonu konfederasyonu okulu universitesi
    kutuphanesi odasi sendikasi platformu enstitusu
    общество союз центр фонд ассоциация объединение институт университет организация школа
    библиотека комитет движение федерация совет музей клуб партия академия товариство спілка
    stowarzyszenie fundacja towarzystwo biblioteka szkola uniwersytet
    """
)
ORGANIZATION_ENDINGS = (
    "verein",
    "verband",
    "stiftung",
    "gesellschaft",
    "initiative",
    "zentrum",
    "schule",
    "bibliothek",
    "universitat",
    "协会",
    "大学",
    "图书馆",
    "公司",
    "中心",
    "学会",
    "協会",
    "協會",
    "大學",
)
ORGANIZATION_STARTS = ("جمعية", "مؤسسة", "جامعة", "مركز", "مكتبة", "اتحاد")
# Organizations' words that are surnames as well: they need company to count.
WEAK_ORGANIZATION_WORDS = words(
    """
    church house hall temple bank press chambers abbey order guild garden farm lodge bond save
    chapel page street gates west east north south young brooks english french german law
    bishop pope king queen prince minister chase wells banks parish band archer baker
    services guides lab action stop evi maison order sisters men youth
    coral peña red mesa huerta huertas iglesia feria campana frente walkers riders workshop circle
    kamara register journal exchange troop charter scheme casal users builders savers
    readers rivers fields woods parents section cook mason marsh
    """
)
TOPIC_WORDS = words(
    """
    river lake creek valley bay coast mountain forest park parks water waters ocean sea island
    islands heritage language languages culture cultural art arts music reading literacy books
    book history historical education educational science environmental environment climate
    justice rights peace health public national regional local united american european african
    asian british canadian australian mexican latino hispanic arab jewish muslim christian
    catholic buddhist hindu indigenous native county city town village state area metro greater
    northern southern eastern western central new the our first royal digital open free
    independent democratic republican labor labour green blue red black white golden silver
    street downtown uptown neighborhood neighbourhood memorial world earth nature wildlife bird
    birds salmon trail trails bridge harbor harbour shore delta canal brook stream wetlands
    transit housing tenants homeless food hunger legal civic civil human social economic policy
    press friendship prayer rescue development child children family student teacher parent
    women's children's people's workers' teachers' students' farmers' writers' girls boys
    business professional medical engineering research studies language-school saturday sunday
    weekend summer community-based grassroots interfaith intercultural multicultural bilingual
    folk dance theatre film poetry storytelling chess football soccer rowing sailing walking
    """
)

# Nouns that end a role; in front of them any words of the role ("Executive Director").
ROLE_WORDS = words(
    """
    president vice-president chair chairman chairwoman chairperson co-chair cochair vice-chair
    director co-director manager coordinator co-ordinator organizer organiser secretary treasurer
    founder co-founder cofounder owner co-owner partner principal headteacher head dean rector
    provost chancellor vice-chancellor professor lecturer reader fellow researcher scholar
    scientist historian economist librarian archivist curator teacher tutor educator instructor
    student candidate undergraduate postgraduate graduate alumnus alumna member trustee
    representative spokesperson spokesman spokeswoman delegate officer executive administrator
    assistant associate advisor adviser consultant analyst engineer architect designer developer
    programmer physician surgeon doctor nurse midwife pharmacist dentist veterinarian
    psychologist psychiatrist therapist counselor counsellor social-worker lawyer attorney
    solicitor barrister judge notary paralegal accountant auditor banker broker entrepreneur
    businessman businesswoman journalist editor editor-in-chief reporter columnist correspondent
    publisher producer broadcaster writer author poet novelist translator interpreter artist
    painter sculptor musician composer conductor singer pianist violinist actor actress filmmaker
    photographer dancer choreographer activist advocate campaigner volunteer resident citizen
    parent mother father grandmother grandfather neighbor neighbour retiree pensioner homemaker
    farmer fisherman gardener beekeeper forester ranger ecologist biologist hydrologist chemist
    physicist mathematician geologist geographer sociologist anthropologist philosopher
    linguist archaeologist mayor governor senator congressman congresswoman councillor councilor
    councilmember councilwoman councilman commissioner minister ambassador consul diplomat
    pastor priest minister-elect rabbi imam chaplain bishop ceo cto cfo coo cio cmo evp svp vp
    president-elect strategist specialist technician operator driver captain pilot lead leader
    coach trainer owner-operator shopkeeper bookseller chef baker carpenter electrician plumber
    freelancer intern apprentice conservator surveyor registrar restorer warden guide vicar
    cartographer tinkerer postman postwoman postmaster fishmonger greengrocer shopkeeper grocer
    butcher florist hairdresser barber tailor seamstress weaver potter ceramicist blacksmith welder
    joiner mason bricklayer plasterer roofer glazier builder handyman caretaker janitor cleaner
    porter cyclist walker skipper sailor boatbuilder boatman lockkeeper lock-keeper signalman
    guard conductor paramedic firefighter policeman policewoman detective soldier veteran
    vet radiographer optometrist optician chiropractor osteopath dietitian nutritionist midwives
    carer caregiver childminder nanny governor bursar invigilator proofreader copywriter
    illustrator animator cartoonist printmaker bookbinder printer typographer curate deacon
    minister organist chorister cellist drummer bassist guitarist flautist trombonist luthier
    playwright screenwriter dramatist essayist critic blogger podcaster presenter host newsreader
    demographer statistician actuary economist meteorologist astronomer botanist zoologist
    entomologist ornithologist horticulturist agronomist arborist landscaper grower shepherd
    crofter miller brewer distiller winemaker vintner cheesemaker chocolatier confectioner cook
    waiter waitress barista bartender publican innkeeper hotelier landlord landlady tenant renter
    commuter pedestrian passenger angler rambler birdwatcher naturalist environmentalist
    co-directors co-chairs co-founders co-presidents co-convenors co-convenors
    planner urbanist developer contractor inspector assessor valuer underwriter recruiter
    negotiator mediator arbitrator magistrate sheriff bailiff constable coroner prosecutor
    gp gamekeeper groundskeeper gatekeeper housekeeper goalkeeper timekeeper bellringer
    statesman councilperson alderman alderwoman selectman selectwoman whip envoy attaché
    archdeacon canon prior prioress abbot abbess nun monk verger sexton churchwarden elder
    warden ringer bell-ringer docent interpreter signer storyteller puppeteer clown juggler
    magician stagehand stage-manager set-designer costumier dramaturg impresario gallerist
    collector dealer antiquarian bookkeeper storekeeper stockbroker trader importer exporter
    wholesaler retailer cashier receptionist typist stenographer webmaster sysadmin tester
    cryptographer roboticist technologist futurist theorist ethicist theologian classicist
    philologist lexicographer grammarian epidemiologist virologist immunologist neuroscientist
    neurologist cardiologist oncologist paediatrician pediatrician obstetrician
    convener quartermaster scoutmaster lifeguard referee umpire goalkeeper captain-elect
    jobseeker carpenters clergyman clergywoman preacher evangelist missionary almoner
    homeowner stallholder plotholder plot-holder allotment-holder foster-parent godparent
    maintainer contributor supporter rapporteur ombudsman convener convenor facilitator
    moderator steward
    superintendent supervisor patron emeritus emerita plaintiff signatory bookkeeper clerk
    sedr sedri direktor direktoru mudir muduru rehber
    rehberi katib uzv uzvu muellim hekim jurnalist
    baskan baskani uyesi ogretmen vorsitzender vorsitzende geschaftsfuhrer geschaftsfuhrerin
    lehrer lehrerin leiter leiterin schatzmeister mitglied directeur directrice presidente
    presidenta director-general directora secretaire tresorier membre coordinateur coordinatrice
    директор президент председатель секретарь профессор учитель журналист студент член
    """
)
# Roles that are surnames as well.
SURNAME_ROLES = words(
    """
    baker cook judge dean carpenter farmer gardener mason driver singer painter writer bishop
    priest captain head steward chancellor reader forester ranger provost fellow coach clerk
    pilot conductor dancer actor broker officer partner advocate leader page chef tutor minister
    senator pastor parent teacher fisherman banker citizen neighbor mayor
    potter weaver tailor butcher mason barber walker porter cook skipper sailor guard warden
    miller brewer smith shepherd prior abbot monk canon nunn curate vicar printer collector host
    constable sheriff landlord elder guide cleaner builder planner grower dealer trader glazier
    joiner roofer ringer preacher soldier marshal usher proctor chaplain
    """
)
ROLE_TAILS = words("emeritus emerita general elect designate ad interim retired ret")
LEADERS = words(
    """
    president chair chairman chairwoman chairperson co-chair director ceo founder co-founder owner
    secretary treasurer coordinator vice-president vice-chair manager head chief executive
    """
)
# Words that open a role and never an organization's name.
ROLE_MODIFIERS = words(
    """
    senior junior lead chief associate assistant deputy executive managing acting interim former
    past vice co-founding founding honorary general regional national first second retired
    adjunct visiting principal head staff certified licensed registered independent freelance
    """
)
# What a role may be "of" without naming an organization.
SUBJECTS = words(
    """
    policy marketing communications communication operations research engineering finance studies
    education history science sciences programs programmes development outreach advocacy affairs
    partnerships fundraising philosophy law medicine music art arts economics politics chemistry
    biology physics mathematics linguistics literature english sociology psychology nursing
    languages technology innovation strategy sales product design people staff human resources
    trustees directors governors board committee parliament congress senate assembly faculty bar
    bars council representatives house commons lords state executive advisory steering the of and
    european national general board's year department campaigns membership volunteers events
    public relations media services curriculum admissions students libraries archives
    conservation ecology hydrology geography theology divinity choir works security planning
    """
)
RESIDENTS = words("resident citizen native neighbor neighbour homeowner taxpayer voter")

CONNECTIVES = words("of for and & the in at on to from und der fur des del e y et la le və ve и")
# Given names only break ties (a surname that is also a word of organizations).
GIVEN_NAMES = words(
    """
    jane john mary james robert michael william david richard joseph thomas charles daniel matthew
    anthony mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy
    jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon
    benjamin samuel gregory frank alexander raymond patrick jack dennis jerry patricia jennifer
    linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley
    kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon
    laura cynthia kathleen amy angela anna brenda pamela emma nicole helen samantha katherine
    christine rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia
    victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline
    martha gloria teresa ann sara madison frances kathryn janice jean alice julia sophia grace
    denise amber marilyn diana charlotte rose peter simon adam luke martin alan ian neil oliver
    harry oscar leo max felix hans karl klaus jurgen heinz fritz anke heike ulrike sabine claudia
    petra monika jose juan carlos luis miguel jorge pedro antonio francisco rosa carmen lucia
    elena isabel ana pierre jacques michel francois marie claire sophie camille giovanni marco
    luca giulia francesca paolo ali mehmet mustafa ahmet ayse fatma zeynep emine hasan huseyin
    mohammed muhammad ahmed omar fatima aisha yusuf ibrahim leyla aysel elchin kamran nigar
    olga ivan sergei dmitri natalia svetlana tatiana irina vladimir andrei wei li ming hiroshi
    yuki kenji sakura priya rahul anita sanjay raj amit kofi ama kwame ngozi chidi amina
    """
)

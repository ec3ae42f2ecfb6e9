/**
 * Words that mean one thing in news of four languages, a thing a line: English, French, Spanish, Arabic. A star stands for
 * any ending, an underscore for a space. Written for this project; what is not in it is still matched as a word.
 */
export const concepts = `
quake: earthquake* quake* tremor* seism* tremblement_de_terre tremblements_de_terre terremot* sism* temblor* movimiento_telurico زلزال* زلازل هزه هزات
tsunami: tsunami* maremoto* تسونامي
flood: flood* inundat* inondation* inundacion* riada* crue crues crecida* فيضان* سيول سيل
storm: storm* tempete* tormenta* temporal orage* عاصفه عواصف
cyclone: cyclon* typhoon* typhon* tifon* hurricane* ouragan* huracan* ciclon* اعصار* اعاصير
fire: fire fires wildfire* blaze* flame* ablaze incendi* feu feux fuego* llama* flamme* حريق* حرائق نيران
eruption: erupt* eruption* erupcion* lava ثوران بركان* volcan*
landslide: landslide* mudslide* glissement* alud* deslizamient* deslave* انهيار_ارضي انزلاق*
avalanche: avalanch* انهيار_ثلجي
drought: drought* secheresse* sequia* جفاف
heat: heat heatwave* canicul* ola_de_calor chaleur* calor swelter* موجه_حر حراره
rain: rain rains rainfall pluie* lluvia* امطار مطر
killed: kill* dead death* die dies died dying deadl* fatal* mort morts morte mortes mortel* meurtri* tue tues tuee muert* muere* murio murieron mata mato mortal* perish* قتل* قتيل قتلي قتيلا مقتل وفاه وفيات مصرع قتلوا
toll: toll bilan saldo حصيله
wounded: wound* injur* hurt bless* herid* lesionad* جرح* جريح مصاب* اصيب اصابه اصابات
missing: missing dispar* desaparecid* مفقود*
rescue: rescu* sauvet* secour* secours rescat* socorr* salvament* انقاذ
evacuate: evacuat* evacu* desaloj* shelter* اجل* اخل* ايواء
collapse: collaps* effondr* derrumb* desplom* colaps* انهيار انهار
search: search* recherch* fouill* busca buscan busqueda بحث يبحث
victims: victim* ضحايا ضحيه
attack: attack* assault* attaqu* assaut* ataque* atac* asalt* raid* هجوم* هجمات اعتداء هاجم*
strike_air: airstrike* air_strike* frappe* bombard* bombing* bombe* غاره غارات قصف ضربه ضربات
explosion: explosion* explod* blast* exploso* estall* انفجار* تفجير*
drone: drone* مسير*
missile: missile* misil* rocket* roquette* cohete* صاروخ* صواريخ
gunman: gunm* gunfire shoot* shot shots tiroteo* fusillad* tirs disparo* tireur* مسلح* اطلاق_نار
hostage: hostage* otage* rehen* kidnap* abduct* enlev* secuestr* ravisseur* خطف* رهائن رهينه اختطاف
ceasefire: ceasefire* cease_fire truce* treve* cessez_le_feu tregua* alto_el_fuego cese_del_fuego هدنه وقف_اطلاق_نار وقف_اطلاق_النار
peace: peace paix paz سلام
war: war wars warring guerre* guerra* belligerant* حرب قتال معارك
army: army armies troop* soldier* militar* militaire* armee* ejercit* soldat* soldad* tropas جيش* جنود جندي عسكر*
rebels: rebel* rebelle* insurg* guerrill* متمرد* ثوار
jihadist: jihadi* djihadi* yihadi* islamist* جهادي*
terror: terror* ارهاب*
police: police polici* شرطه
arrest: arrest* arret* detien* deten* detain* captur* interpell* توقيف* اعتقال* اعتقل* اوقف* القبض
prison: prison* jail* carcel* encarcel* emprison* sentenc* condamn* conden* سجن* سجين حبس
trial: trial* court* tribunal* juez* jueces judg* juge* proces juicio* justici* محكمه قضاء قاضي محاكمه
convicted: convict* guilty coupable* culpable* verdict* fallo ادان* مذنب
pardon: pardon* graci* indult* عفو
release: freed frees liber* افراج* تفرج اطلاق_سراح
corruption: corrupt* scandal* scandale* escandal* bribe* soborn* فساد فضيحه
protest: protest* demonstr* manifest* احتجاج* محتج* مظاهر* تظاهر*
strike_work: strike strikes striking walkout* walk_out walked_out greve* huelga* huelguist* paro اضراب*
union: union unions syndicat* sindicat* gremio* نقاب*
tax: tax taxes taxe* impuesto* impot* levy levies ضريب* ضرائب
election: election* elector* elect* eleccion* comicio* vote votes voted voter* voting scrutin* presidentielle* ballot* poll polls انتخاب* تصويت صوت* اقتراع*
president: president* رئيس* رئاس*
primeminister: prime_minister* premier_ministre* primer_ministro* primera_ministra premier رئيس_وزراء رئيس_الوزراء
minister: minister* ministre* ministr* وزير* وزراء
parliament: parliament* parlement* parlament* assembl* asamblea* congres* senat* senad* lawmaker* deput* diputad* برلمان* نواب نائب
opposition: opposition* oposicion* opositor* oppos* معارض*
coup: coup putsch* coup_etat golpe_de_estado انقلاب*
resign: resign* quit quits quitted step_down steps_down stepped_down demission* dimit* dimision* renunci* استقال* تنحي
topple: topple* oust* renvers* derroc* no_confidence censure* censura* mocion_de_censura حجب_الثقه سقوط اطاح*
budget: budget* presupuest* finance_bill ميزاني* موازن*
reform: reform* اصلاح*
law: law laws bill loi lois ley leyes قانون* قوانين
government: government* gouvernement* gobierno* حكوم*
talks: talk talks negotiat* negoci* pourparler* dialogu* conversacion* مفاوضات محادثات حوار
agreement: agree* accord* acuerd* pact* deal deals اتفاق* معاهد* treat* traite traites tratado*
summit: summit* sommet* cumbre* قمه
sanctions: sanction* sancion* عقوب*
visit: visit* زيار* يزور
pope: pope pontiff* pape papa pontif* بابا
church: church* eglise* iglesia* كنيس*
border: border* frontier* fronter* حدود
migrants: migrant* migrat* refugee* refugi* مهاجر* لاجئ*
displaced: displac* deplac* desplaz* نازح* نزوح
aid: aid humanitarian* aide humanit* ayuda* convoy* convoi* مساعد* اغاث* قوافل قافله انساني*
famine: famin* hunger* faim hambr* hambruna* مجاع* جوع
hospital: hospital* hopita* مستشفي*
doctor: doctor* medecin* medic* nurse* infirm* enfermer* اطباء طبيب ممرض*
vaccine: vaccin* vacun* لقاح* تطعيم
disease: disease* maladie* enfermedad* مرض امراض
epidemic: epidemi* outbreak* brote* وباء تفش*
ebola: ebola* ايبولا
cholera: choler* coler* كوليرا
measles: measles* rougeole* sarampion* حصبه
malaria: malaria* paludis* ملاريا
birdflu: flu influenza* grippe* gripe* انفلونزا
school: school* ecol* escuel* مدرس* مدارس
ship: ship ships vessel* freighter* cargo* navire* buque* barco* bateau* carguero* porte_conteneurs container_ship سفين* سفن
ferry: ferry ferries transbordador* عبار*
boat: boat boats pirogue* patera* cayuco* embarcac* embarcation* زورق قارب قوارب
tanker: tanker* petrolier petroliers petrolero* ناقل*
sink: sink* sank sunk sunken shipwreck* naufrag* capsiz* chavir* غرق
aground: aground ground_stuck echou* encall* جنوح جنح*
canal: canal* قناه
port: port ports harbour* harbor* puerto* ميناء مرفا
train: train trains rail railway* ferroviair* ferroviari* tren trenes قطار*
subway: subway* metro metros tube مترو
plane: plane planes aircraft airliner* avion* jet jets طائر*
airline: airline* aerolin* compagnie_aerienne carrier* خطوط_جوي* طيران
airport: airport* aeroport* aeropuert* مطار*
flight: flight* vol vols vuelo* رحل*
pilot: pilot* cockpit طيار* قائد_الطائره
crash: crash* ecras* estrell* tahattum collision* collid* choque* choc* تحطم تصادم اصطدام
derail: derail* deraill* descarril* خروج_عن_القضبان
road: road roads highway* motorway* autorout* autopist* autovia* carreter* طريق طرق
bridge: bridge* puente* pont ponts جسر* جسور
dam: dam dams barrage* presa presas reservoir* embalse* سد سدود
mine: mine mines miner* mina minas minero* mineur* منجم مناجم
copper: copper* cuivr* cobre* نحاس
gold: gold or_jaune oro ذهب
oil: oil petrol* crude brut crudo barrel* baril* barril* oilfield* نفط* برميل* خام
gas: gas gaz gazeux غاز
fuel: fuel diesel* gazole* gasoil* combustible* carburant* وقود
pipeline: pipeline* oleoduc* gasoduc* gazoduc* انبوب* خط_انابيب
electricity: electric* power_cut* blackout* apagon* كهرباء
opec: opec opep اوبك
rate: rate rates interest_rate* borrowing_cost* taux tipos tasa tasas فائده
centralbank: central_bank* banque_centrale banco_central ecb bce fed federal_reserve reserve_federale reserva_federal مركزي
inflation: inflation* inflacion* تضخم*
price: price* prix precio* سعر اسعار
growth: growth croissanc* crecimient* نمو
currency: currency* currenc* devise* divisa* monnai* moneda* عمله
stocks: stocks shares bourse* bolsa* equities اسهم بورصه
bank: bank banks banque* banco* bancair* bancari* مصارف مصرف بنوك بنك
bonds: bond bonds obligation* bonos سندات
export: export* تصدير صادرات
tariff: tariff* droits_de_douane arancel* رسوم_جمركي* تعريف*
wage: wage* salar* pay_rise sueldo* اجور رواتب
jobs: job jobs emplo* layoff* despid* licenci* وظائف
merger: merg* fusion* acqui* takeover* اندماج استحواذ
fine: fine fines fined penalt* amende* multa* multas غرام*
antitrust: antitrust* monopol* concurrenc* احتكار*
factory: factor* plant plants usine* fabrica* planta مصنع مصانع
chip: chip chips chipmak* semiconductor* semi_conducteur* puce puces رقائق
hack: hack* cyber* pirat* ransom* rancon* rescate_digital اختراق قرصن*
ai: artificial_intelligence intelligence_artificielle inteligencia_artificial ذكاء_اصطناعي الذكاء_الاصطناعي
search_engine: search_engine* moteur_de_recherche buscador* محرك_بحث
satellite: satellit* قمر_صناعي
space: space spacecraft* espacio espac* spatial* espacial* astronaut* orbit* sonde* sonda* probe* capsul* فضاء رواد كبسول* مسبار
launch: launch* lance lancement lanza lanzamient* lift_off lifts_off اطلاق_مركبه
asteroid: asteroid* كويكب
climate: climat* clima مناخ*
glacier: glaci* ice hielo glace جليد*
whale: whale* balein* ballena* حوت حيتان
ocean: ocean* high_seas haute_mer alta_mar محيط
nobel: nobel نوبل
prize: prize* prix_nobel premio* award* galardon* جائز*
literature: literatur* litterat* novelist* romanc* novela novelist* writer* escritor* ecrivain* اداب روائي* ادب
film: film films cinema* pelicul* فيلم سينما
music: music* musiqu* musica* موسيق*
museum: museum* musee* museo* متحف*
painting: painting* tableau* toile* pintura* cuadro* لوح*
theft: theft* thief* thieves steal* stole* vol_oeuvre voleur* vole robo roba roban robb* ladron* سرق* لصوص
tomb: tomb tombs tumba* tombeau* sepultur* مقبر*
archaeology: archaeolog* archeolog* arqueolog* fouilles اثار اثري*
journalist: journalist* reporter* periodist* صحفي* صحافي*
final: final finale finale* finalist* نهائي*
cup: cup coupe copa can كاس
team: team equipe equipo selection seleccion منتخب فريق
match: match* partido* rencontre مبارا*
penalty_kick: penalties tirs_au_but penaltis penales ركلات*
goal: goal goals goalkeep* but buts gol goles هدف* سجل
marathon: marathon* maraton* ماراثون
record: record records recor* قياسي
olympic: olymp* اولمب*
tourist: tourist* holidaymak* turist* vacancier* سائح سياح*
hotel: hotel* resort* فندق فنادق
climber: climb* alpinist* mountaineer* متسلق*
farmer: farmer* agricult* tractor* tracteur* grower* planteur* مزارع* فلاح*
cocoa: cocoa cacao كاكاو
wheat: wheat ble trigo قمح
coffee: coffee cafe بن قهوه
harvest: harvest* crop crops recolte* cosecha* محصول حصاد
water: water eau eaux agua aguas مياه
island: island* ile iles isla islas جزيره جزر
village: village* hameau* aldea* pueblo* قري* قريه
city_hall: mayor* maire* alcald* عمده بلديه
nuclear: nuclear* nucleair* نوو*
weapon: weapon* arme armes arma armas سلاح اسلحه
space_station: space_station station_spatiale estacion_espacial محطه_الفضاء
leak: leak* fuite* fuga* تسرب*
satisfied_demand: demand demande demanda طلب
woman: woman women femme* mujer* امراه نساء
child: child children enfant* nino* ninos اطفال طفل
student: student* etudiant* estudiant* طلاب طالب
king: king roi rey ملك
queen: queen reine reina ملكه
wedding: wedding* mariage* boda* زفاف
funeral: funeral* obseques* funerail* جناز* تشييع
birth: birth* born naissance* nac* ولاد*
university: universit* universidad* جامع*
bus: bus buses autobus* autocar* حافل*
truck: truck* lorry lorries camion* شاحن*
car: car cars voiture* coche* carro* vehicl* vehicul* سيار*
warehouse: warehouse* entrepot* almacen* depot* deposito* مستودع*
hundreds: hundred* centaine* cientos مئات
thousands: thousand* millier* miles الاف الف
dozens: dozen* dizaine* decenas عشرات
million: million* millon* مليون ملايين
billion: billion* milliard* مليار*
`;

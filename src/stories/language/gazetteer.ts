/**
 * What `Intl.DisplayNames` does not know of countries: how their people are called and their cities whose names differ from language to language. A line
 * a country: its code, words for it (a star stands for any ending); then cities, the spellings of one joined by =. Written for this project.
 */
export const gazetteer = `
AF afghan* افغان* | kabul=kaboul=كابول
AR argentin* ارجنتين* | buenos_aires=بوينس_ايرس
AT austrian* autrichien* austriac* نمساو* | vienna=vienne=viena=فيينا
AU australian* australien* استرالي* | sydney=سيدني canberra=كانبيرا
BD bangladeshi* bangladais* | dhaka=dacca=daca=دكا
BE belgian* belge* belga* بلجيك* | brussels=bruxelles=bruselas=بروكسل
BR brazilian* bresilien* brasilen* برازيل* | brasilia=برازيليا rio_de_janeiro=ريو_دي_جانيرو
CA canadian* canadien* canadiens* كندي* | ottawa=اوتاوا montreal=مونتريال
CD congolais* congolese congolen* | kinshasa=كينشاسا
CH swiss suisse* suiz* سويسري* | geneva=geneve=ginebra=جنيف zurich=زيورخ
CI ivorian* ivoirien* marfil* ايفواري* | abidjan=ابيدجان
CL chilean* chilien* chilen* تشيلي* | santiago=سانتياغو
CN chinese chinois* chino* china* صيني* | beijing=pekin=بكين shanghai=شنغهاي
CO colombian* colombien* كولومبي* | bogota=بوغوتا
CU cuban* cubain* كوبي* | havana=havane=habana=هافانا
CY cypriot* chypriote* chipriot* قبرصي* | nicosia=nicosie=نيقوسيا
CZ czech* tcheque* checo* تشيكي* | prague=praga=براغ
DE german germans allemand* aleman* الماني* | berlin=برلين munich=ميونيخ frankfurt=francfort=فرانكفورت dresden=dresde=دريسدن
DK danish danois* danes* دنماركي* | copenhagen=copenhague=كوبنهاغن
DZ algerian* algerien* argelin* جزائري* | algiers=alger=argel=الجزائر_العاصمه
EG egyptian* egyptien* egipci* مصري* مصر | cairo=caire=القاهره alexandria=alexandrie=alejandria=الاسكندريه suez=السويس
ES spanish espagnol* espanol* اسباني* | madrid=مدريد barcelona=barcelone=برشلونه valencia=valence=بلنسيه=فالنسيا seville=sevilla=اشبيليه cordoba=cordoue=قرطبه
ET ethiopian* ethiopien* etiope* اثيوبي* | addis_ababa=addis_abeba=اديس_ابابا
FR french francais* frances* فرنسي* | paris=باريس marseille=marsella=مرسيليا lyon=ليون strasbourg=estrasburgo=ستراسبورغ
GB british britain britanni* britanic* grande_bretagne gran_bretana بريطاني* بريطانيا | london=londres=لندن
GH ghanaian* ghaneen* ghanes* غاني* | accra=اكرا
GR greek* grec grecs grecque* grieg* يوناني* | athens=athenes=atenas=اثينا rhodes=rodas=رودس
ID indonesian* indonesien* indonesi* اندونيسي* | jakarta=yakarta=جاكرتا
IE irish irlandais* irlandes* ايرلندي* | dublin=دبلن
IL israeli* israelien* اسرائيلي* | tel_aviv=تل_ابيب jerusalem=القدس
IN indian indians indien* هندي* | new_delhi=delhi=nueva_delhi=نيودلهي mumbai=bombay=مومباي
IQ iraqi* irakien* iraqui* irak* عراقي* | baghdad=bagdad=بغداد mosul=mossoul=الموصل basra=bassora=basora=البصره erbil=اربيل
IR iranian* iranien* irani* ايراني* | tehran=teheran=طهران
IS icelandic* islandais* islandes* ايسلندي* | reykjavik=ريكيافيك
IT italian* italien* ايطالي* | rome=roma=روما milan=milano=ميلانو venice=venise=venecia=البندقيه naples=napoles=نابولي
JO jordanian* jordanien* jordan* اردني* | amman=عمان_العاصمه
JP japanese japonais* japones* ياباني* | tokyo=tokio=طوكيو
KE kenyan* كيني* | nairobi=نيروبي
KH cambodian* cambodgien* camboyan* كمبودي* | phnom_penh=بنوم_بنه
KR south_korea* coree_du_sud sud_coreen* corea_del_sur surcorean* كوريا_الجنوبيه | seoul=seul=سيول_العاصمه
KP north_korea* coree_du_nord nord_coreen* corea_del_norte norcorean* كوريا_الشماليه | pyongyang=بيونغيانغ
LB lebanese libanais* libanes* لبناني* | beirut=beyrouth=بيروت tyre=tyr=tiro=صور tripoli_lebanon=طرابلس_لبنان
LY libyan* libyen* libi* ليبي* | tripoli=طرابلس benghazi=bengasi=بنغازي sebha=سبها
MA moroccan* marocain* marroqui* مغربي* | rabat=الرباط casablanca=الدار_البيضاء marrakesh=marrakech=مراكش
MG malagasy malgache* ملغاشي* | antananarivo=تناناريف
ML malian* malien* مالي* | bamako=باماكو
MM burmese birman* بورمي* burma birmanie birmania | yangon=يانغون
MX mexican* mexicain* مكسيكي* | mexico_city=ciudad_de_mexico=مكسيكو_سيتي
NE nigerien nigeriens nigerienne* nigerin* | niamey=نيامي agadez=اغاديز
NG nigerian nigerians nigerian* نيجيري* | lagos=لاغوس abuja=ابوجا
NL dutch neerlandais* neerlandes* hollandais* holandes* holland* هولندي* | amsterdam=امستردام the_hague=haye=haya=لاهاي
NO norwegian* norvegien* noruego* noruega* نرويجي* | oslo=اوسلو
NP nepalese nepalais* nepales* نيبالي* | kathmandu=katmandou=katmandu=كاتماندو
OM omani* | muscat=mascate=مسقط
PE peruvian* peruvien* peruan* | lima=ليما
PH filipino* philippine* philippin* filipin* فلبيني* | manila=manille=مانيلا
PK pakistani* pakistanais* باكستاني* | islamabad=اسلام_اباد karachi=كراتشي lahore=لاهور
PL polish polonais* polac* بولندي* | warsaw=varsovie=varsovia=وارسو
PS palestinian* palestinien* palestin* فلسطيني* gaza غزه | ramallah=رام_الله
PT portuguese portugais* portugues* برتغالي* | lisbon=lisbonne=lisboa=لشبونه
QA qatari* قطري* | doha=الدوحه
RO romanian* roumain* ruman* روماني* | bucharest=bucarest=بوخارست
RU russian* russe* ruso* rusa* روسي* | moscow=moscou=moscu=موسكو
SA saudi* saoudi* سعودي* | riyadh=riyad=riad=الرياض jeddah=djeddah=yeda=جده mecca=mecque=meca=مكه
SD sudanese soudanais* sudanes* سوداني* | khartoum=jartum=الخرطوم el_fasher=fasher=الفاشر port_sudan=port_soudan=puerto_sudan=بورتسودان
SE swedish suedois* suec* سويدي* | stockholm=estocolmo=ستوكهولم
SN senegalese senegalais* senegales* سنغالي* | dakar=داكار
SY syrian* syrien* siri* سوري* | damascus=damas=damasco=دمشق aleppo=alep=alepo=حلب
TH thai thais thailandais* tailandes* تايلاندي* | bangkok=بانكوك
TN tunisian* tunisien* tunecin* تونسي* | tunis=tunez_capital
TR turkish turc turcs turque* turco* turca* تركي* | ankara=انقره istanbul=estambul=اسطنبول
TW taiwanese taiwanais* taiwanes* تايواني* | taipei=taipei=تايبيه
UA ukrainian* ukrainien* ucranian* اوكراني* | kyiv=kiev=كييف kharkiv=kharkov=جاركوف=خاركيف odesa=odessa=اوديسا
UG ugandan* ougandais* ugandes* اوغندي* | kampala=كمبالا
US american* americain* estadounidens* اميركي* امريكي* usa eeuu | washington=واشنطن new_york=nueva_york=نيويورك
VA vatican* فاتيكان* |
VE venezuelan* venezuelien* venezolan* فنزويلي* | caracas=كاراكاس
VN vietnamese vietnamien* vietnamit* فيتنامي* | hanoi=هانوي
YE yemeni* يمني* | sanaa=sana=صنعاء aden=عدن
ZA south_african* sud_africain* sudafrican* جنوب_افريقي* | johannesburg=johannesburgo=جوهانسبرغ cape_town=le_cap=ciudad_del_cabo=كيب_تاون
EU european_union union_europeenne union_europea الاتحاد_الاوروبي european_commission commission_europeenne comision_europea |
UN united_nations nations_unies naciones_unidas onu الامم_المتحده |
`;

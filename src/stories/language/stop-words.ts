/** Words that tell no event from another, those of newsrooms among them: English, French, Spanish, Arabic. */
export const stopWords = new Set(
  `the and for with from that this have has had was were are been being will would could should can may might not but its his her their our your they them
than then there here who whom whose what when where which while why how all any each more most other some such only own same too very also about above after
again against before below between into through during under over out off down near into onto upon per via said says say told tells tell according amid among
new first last one two three four five six seven eight nine ten day days week weeks month months year years today yesterday tomorrow monday tuesday wednesday thursday
friday saturday sunday morning evening night january february march april june july august september october november december people official officials
reuters agency news report reports reported another because still since until another even between both just like made make take taken took come came back
les des une dans par pour sur avec sans sous est sont ont aux ces ses son leur leurs que qui quoi dont mais plus moins tres etre avoir fait faire apres avant entre
contre selon depuis pendant vers chez cette cet ces ils elles nous vous lui aussi comme tout tous toute toutes autre autres encore deja premier premiere deux trois quatre
cinq six sept huit neuf dix jour jours semaine semaines mois annee annees ans hier demain lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin
juillet aout septembre octobre novembre decembre pas ete avait lors alors dit affirme annonce annoncee
los las una unos unas del por para con sin sobre bajo este esta estos estas ese esa que quien quienes cual como cuando donde pero mas menos muy sus son fue fueron ser
estar esta han hay hasta desde entre tras ante segun durante hacia contra otro otra otros otras todo todos toda todas tambien aun primer primero primera dos tres cuatro
cinco seis siete ocho nueve diez dia dias semana semanas mes meses ano anos ayer manana lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo
junio julio agosto septiembre octubre noviembre diciembre dice dijo anuncia anuncio
في من الي علي عن مع بعد قبل خلال بين عند منذ حتي ضد هذا هذه ذلك تلك التي الذي الذين ان انه انها كان كانت يكون قد لم لن لا ما هو هي هم كما او ثم بل غير كل بعض اكثر اقل
اول ثاني يوم ايام اسبوع شهر اشهر عام عاما سنه سنوات اليوم امس غدا اثنين ثلاثاء اربعاء خميس جمعه سبت احد قال قالت وقال اعلن اعلنت اكد اكدت وفق بحسب جديد جديده لدي
نحو حول تحت فوق امام اثر عقب وسط بسبب جراء شخص شخصا اشخاص حيث`.split(/\s+/),
);

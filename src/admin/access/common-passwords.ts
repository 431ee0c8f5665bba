/**
 * What people type first when asked for a password, in French and in English, reduced to letters
 * without accents, digits or signs. This is no list of leaked passwords: the minimum of 12
 * characters excludes most of those, and these are what remains once "1234!" is stripped.
 */
export const COMMON = new Set(
  `
password passwords passwort motdepasse monmotdepasse lemotdepasse mdp motdepass motsdepasse
passpass secret topsecret monsecret administrateur administrator administration admin superadmin
root user utilisateur guest invite test testtest azerty azertyui azertyuiop azertyuiopqs qwerty
qwertyui qwertyuiop qwertyuiopas qwertz qwertzuiop asdfgh asdfghjkl qsdfghjklm wxcvbn zxcvbnm
azertyqwerty azeqsdwxc qazwsx qazwsxedc qazwsxedcrfv aqwzsx aqwzsxedc qweasd qweasdzxc abc abcabc
abcd abcdef abcdefgh abcdefghijkl letmein letmeinplease welcome welcomeback welcomehome bienvenue
bonjour bonsoir bonjourlemonde bonjourbonjour helloworld hello hellohello salut salutsalut coucou
coucoucou iloveyou iloveyouso iloveyoubaby ilovemyself ilovejesus ilovemyfamily ilovegod jetaime
jetaimefort jetaimetrop jetaimemonamour jetadore monamour monamourpourtoi monamourtoujours
amouramour amour amourtoujours amourdemavie moncoeur monbebe moncheri macherie mavie mafamille
mamaman maman papa mamanpapa papamaman mamanjetaime papamamanjetaime mamere monpere mesenfants
monfils mafille doudou loulou chouchou cherie princesse princess princessprincess prince soleil
sunshine sunshines chocolat chocolate vanille bonheur liberte egalite fraternite
liberteegalitefraternite toutvabien tranquille merci mercibeaucoup mercidieu dieumerci dieuestgrand
dieuestamour dieudonne jesus jesuschrist jesuschristestseigneur jesussauve jesuslove jesusisking
jesusestseigneur jesusmonsauveur seigneur allah allahakbar allahouakbar bismillah inchallah
alhamdoulillah alhamdulillah mashallah lailahaillallah muhammad mohamed mohammed mahomet football
footballeur basketball baseball superman batman spiderman pokemon naruto dragonball dragon monkey
starwars minecraft fortnite ronaldo cristiano cristianoronaldo messi lionelmessi neymar drogba
didierdrogba samueletoo sadiomane mbappe kylianmbappe realmadrid barcelona fcbarcelona barcelone
manchester manchesterunited liverpool chelsea arsenal juventus parissaintgermain psgpsg marseille
olympiquedemarseille bamako bamakomali mali abidjan abidjancotedivoire cotedivoire
dakar dakarsenegal senegal lome togo cotonou benin ouagadougou burkinafaso burkina niamey niger
conakry guinee yaounde douala cameroun cameroon libreville gabon kinshasa congo brazzaville
lubumbashi afrique africa paris france lafrance vivelafrance internet facebook whatsapp google
googlegoogle gmail youtube instagram tiktok android samsung samsunggalaxy iphone orange orangemoney
orangemali wave wavemoney mobilemoney moovmoney mtnmoney cinetpay kiosque livre livres meslivres
monlivre librairie boutique maboutique bureau ordinateur computer telephone montelephone changeme
changemoi changeit changemenow default defaultpassword temporaire provisoire nouveau motdepasseoublie
newpassword mypassword mypasswordis thepassword passwordpassword trustno trustnoone whatever
fuckyou masterkey master mustang shadow michael jennifer jordan freedom football ninja
correcthorsebatterystaple lagunetambourvendredicitron lagoondrumfridaylemon
`
    .trim()
    .split(/\s+/),
)

/** Keyboard rows and counting sequences: any part of one is as easy to guess as it is to type. */
export const ROWS = [
  '012345678901234567890123456789',
  'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz',
  'azertyuiopqsdfghjklmwxcvbn',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  '1234567890azertyuiop',
  '1234567890qwertyuiop',
  '112233445566778899001122334455',
]

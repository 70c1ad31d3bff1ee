"""One sentence of news in each of many languages, written for these tests."""

NEWS = {
    "en": "The foreign minister said on Monday that the talks would resume next week in Geneva, "
    "and that both sides had agreed to exchange prisoners.",
    "fr": "Le ministre des Affaires étrangères a déclaré lundi que les pourparlers reprendraient "
    "la semaine prochaine à Genève et que les deux parties échangeraient des prisonniers.",
    "de": "Der Außenminister sagte am Montag, die Gespräche würden nächste Woche in Genf wieder "
    "aufgenommen, und beide Seiten hätten sich auf einen Austausch geeinigt.",
    "es": "El ministro de Asuntos Exteriores dijo el lunes que las conversaciones se reanudarán la "
    "próxima semana en Ginebra y que ambas partes acordaron un canje de prisioneros.",
    "pt": "O ministro das Relações Exteriores disse na segunda-feira que as negociações serão "
    "retomadas na próxima semana em Genebra e que haverá uma troca de prisioneiros.",
    "it": "Il ministro degli Esteri ha detto lunedì che i colloqui riprenderanno la prossima "
    "settimana a Ginevra e che le due parti si scambieranno i prigionieri.",
    "nl": "De minister van Buitenlandse Zaken zei maandag dat de gesprekken volgende week in "
    "Genève worden hervat en dat beide partijen gevangenen zullen ruilen.",
    "pl": "Minister spraw zagranicznych powiedział w poniedziałek, że rozmowy zostaną wznowione w "
    "przyszłym tygodniu w Genewie, a obie strony wymienią jeńców.",
    "tr": "Dışişleri Bakanı pazartesi günü yaptığı açıklamada görüşmelerin gelecek hafta "
    "Cenevre'de yeniden başlayacağını ve iki tarafın esir değişimi yapacağını söyledi.",
    "hu": "A külügyminiszter hétfőn azt mondta, hogy a tárgyalások jövő héten folytatódnak "
    "Genfben, és a két fél megállapodott a foglyok cseréjéről.",
    "ru": "Министр иностранных дел заявил в понедельник, что переговоры возобновятся на следующей "
    "неделе в Женеве, и стороны договорились обменяться пленными.",
    "uk": "Міністр закордонних справ заявив у понеділок, що переговори відновляться наступного "
    "тижня в Женеві, і сторони домовилися обмінятися полоненими.",
    "ar": "قال وزير الخارجية يوم الاثنين إن المحادثات ستستأنف الأسبوع المقبل في جنيف وإن الجانبين "
    "اتفقا على تبادل الأسرى بعد أشهر من القتال.",
    "fa": "وزیر امور خارجه روز دوشنبه گفت که گفتگوها هفته آینده در ژنو از سر گرفته می‌شود و دو طرف "
    "بر سر تبادل زندانیان توافق کرده‌اند.",
    "el": "Ο υπουργός Εξωτερικών δήλωσε τη Δευτέρα ότι οι συνομιλίες θα συνεχιστούν την επόμενη "
    "εβδομάδα στη Γενεύη.",
    "he": "שר החוץ אמר ביום שני כי השיחות יתחדשו בשבוע הבא בז'נבה והצדדים יחליפו שבויים.",
    "hi": "विदेश मंत्री ने सोमवार को कहा कि बातचीत अगले हफ्ते जिनेवा में फिर शुरू होगी और दोनों पक्ष कैदियों "
    "की अदला-बदली करेंगे।",
    "zh": "外交部长星期一表示，谈判将于下周在日内瓦恢复，双方已同意交换战俘。",
    "ja": "外相は月曜日、協議が来週ジュネーブで再開され、双方が捕虜の交換で合意したと述べた。",
    "ko": "외무장관은 월요일 회담이 다음 주 제네바에서 재개되며 양측이 포로를 교환하기로 합의했다고 말했다.",
    "th": "รัฐมนตรีต่างประเทศกล่าวเมื่อวันจันทร์ว่าการเจรจาจะเริ่มขึ้นใหม่ในสัปดาห์หน้าที่เจนีวา",
    "ka": "საგარეო საქმეთა მინისტრმა ორშაბათს განაცხადა, რომ მოლაპარაკება მომავალ კვირას განახლდება.",
    "hr": "Ministar vanjskih poslova rekao je u ponedjeljak da će se razgovori nastaviti idući "
    "tjedan u Ženevi te da su obje strane tijekom sastanka pristale na razmjenu zarobljenika.",
    "sr": "Ministar spoljnih poslova rekao je u ponedeljak da će razgovori biti nastavljeni sledeće "
    "nedelje u Ženevi i da su obe strane pristale da razmene zarobljenike.",
    "bs": "Ministar vanjskih poslova rekao je u ponedjeljak da će razgovori biti nastavljeni "
    "sljedeće sedmice u Ženevi, saopćeno je nakon sastanka, a obje strane su u januaru pristale.",
    "id": "Menteri luar negeri mengatakan pada hari Senin bahwa perundingan akan dilanjutkan pekan "
    "depan karena kedua pihak mau bertukar tahanan, kata juru bicara kepolisian.",
    "ms": "Menteri luar berkata pada hari Isnin bahawa rundingan akan diteruskan minggu depan "
    "kerana kedua-dua pihak mahu bertukar tahanan, menurut jurucakap polis.",
    "sw": "Waziri wa mambo ya nje alisema Jumatatu kwamba mazungumzo yataanza tena wiki ijayo mjini "
    "Geneva na pande zote mbili zimekubaliana kubadilishana wafungwa.",
    "am": "የውጭ ጉዳይ ሚኒስትሩ ሰኞ ዕለት እንደተናገሩት ድርድሩ በሚቀጥለው ሳምንት በጄኔቫ ይቀጥላል፤ ሁለቱም ወገኖች ምርኮኞችን ለመለዋወጥ ተስማምተዋል።",
    "ti": "ሚኒስተር ጉዳያት ወጻኢ ሰኑይ ከም ዝበሎ፡ እቲ ዘተ ኣብ ዝመጽእ ሰሙን ኣብ ጀነቫ ክቕጽል እዩ፤ ክልቲኦም ወገናት ምርኮኛታት ንምልውዋጥ ተሰማሚዖም።",
    "pcm": "Di foreign minister don tok say di meeting go start again next week for Geneva, and "
    "dem dey ready to exchange pesin wey dem catch for di fight.",
    "sah": "Бүгүн Дьокуускайга норуот сөбүлэһиитэ буолан ааста, онно элбэх киһи кыттыыны ылла.",
}

//! Words that say nothing about what a text is about: pronouns, question words, conjunctions, prepositions and
//! postpositions, auxiliary verbs. Closed classes only, so that no subject of a lesson is among them.

use std::collections::HashSet;
use std::sync::LazyLock;

const KAZAKH: &str = "\
    ана анау арқылы ба барлық бе бен бойынша болады болатын болды болса болу болып болған біз бізге
    бізден бізді біздің бір бірақ бұдан бұл бұндай бұны бұның бұған да де деген дегеніміз деді дейді
    дейін деп егер еді екен емес етеді еткен етті және кейін кім кімге кімді кіммен кімнен кімнің ма
    маған ме мен менен мені менің мына мынау мұнда мұндай мұны мұның не неге неден немен немесе нені
    ненің неше одан ол олар олардан оларды олардың оларға онда оны оның осы осында осындай осыны осының
    оған па пе пен ретінде саған секілді сен сендер сенен сені сенің сияқты сол сонда сондай сондықтан
    соны соның соң сіз сізге сіздер сізді сіздің табылады та те туралы яғни ғана ғой қай қайда қайдан
    қайсы қайсысы қалай қалайша қандай қанша қашан қой үшін әлде әр әрі өз өздері өзі өзін өзіне өзінің
    өйткені";

const RUSSIAN: &str = "\
    а без будет будут бы был была были было быть в вам вас ваш во вы где да для до его ее ей ему если
    есть же за зачем и из изо или им ими их к как какая какие каким какими каких какого какое какой
    каком какую кем ко когда кого ком кому которая которого которое которой которые который которым
    которых кто куда ли между меня мне мной мой мы на над нам нас наш не ни но о об обо он она они оно
    от откуда по под потому почему при про с свой себе себя сколько со собой так такая также такие такое
    такой там твой тебе тебя тем тех то тобой того тоже той том тому тут ты у чего чей чем чему через
    что чтобы чье чьи чья эта эти этим этих это этого этой этом этому этот я является являются";

const ENGLISH: &str = "\
    a about after am an and are as at be been before being between but by can could did do does done
    during for from had has have having he her here him his how i if in into is it its may me might must
    my no nor not of on or our over shall she should so than that the their them then there these they
    this those through to under us was we were what when where which who whom whose why will with would
    you your";

static ALL: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let all = [KAZAKH, RUSSIAN, ENGLISH];
    all.into_iter().flat_map(str::split_whitespace).collect()
});

/// Whether a folded word is one of them.
pub fn is_stop(word: &str) -> bool {
    ALL.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_folded() {
        for word in ALL.iter() {
            let folded: Vec<String> = super::super::words(word).map(|it| it.folded).collect();
            assert_eq!(folded, [*word]);
        }
    }

    #[test]
    fn subjects_are_none() {
        for word in ["күн", "зат", "тас", "сан", "мир", "time", "жер"] {
            assert!(!is_stop(word), "{word}");
        }
    }
}

//! Cue words of the grammar: `lexicon/timex_cues.tsv` as bits by the word's hash.
//!
//! Unlike the words of [`lexicon`](super::lexicon) these open no expression and are not looked for in
//! texts: the grammar asks about a token that it stands at.

use crate::gazetteer::{Column, List, Table};
use crate::token::fold::hash_folded;

macro_rules! classes {
    ($($(#[$doc:meta])* $cue:ident $name:literal;)+) => {
        /// What a cue word tells.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Cue { $($(#[$doc])* $cue),+ }

        impl Cue {
            /// The class of that name in the list.
            fn named(name: &str) -> Option<Cue> {
                match name {
                    $($name => Some(Cue::$cue),)+
                    _ => None,
                }
            }
        }
    };
}

classes! {
    /// The time ahead: "will".
    Future "future";
    /// Ahead of what is spoken of: "due".
    Due "due";
    /// The past: "was", "said".
    Past "past";
    /// An infinitive that announces: "to meet".
    Announced "announced";
    /// Behind it a participle is no past: "be", "if".
    Auxiliary "auxiliary";
    /// Ends in "ed", but is no participle.
    NoParticiple "no-participle";
    /// Behind "to" no infinitive.
    NoInfinitive "no-infinitive";
    /// A bare year behind it is sure.
    YearSure "year-sure";
    /// A bare year behind it is likely.
    YearLikely "year-likely";
    /// Goes on behind "and 2012" where a year is meant.
    YearPair "year-pair";
    /// A unit or counted noun behind a number that is no year.
    YearUnit "year-unit";
    /// A verb or adverb that takes an amount.
    NumberVerb "number-verb";
    /// Ends in "s" behind a year, but is not counted.
    NoCount "no-count";
    /// Short for a noun that a number follows: "no", "art".
    NumberedShort "numbered-short";
    /// A bare month behind it is likely.
    Month "month-cue";
    /// A bare month behind it is sure.
    MonthSure "month-sure";
    /// A sitting that a month names: "June session".
    MonthSitting "month-sitting";
    /// A sitting that a part of the day names.
    PartSitting "part-sitting";
    /// May follow the last day of a list.
    DayListEnd "day-list-end";
    /// May follow a weekday and day.
    WeekdayDayEnd "weekday-day-end";
    /// Makes a weekday part of a name: "Black Friday".
    WeekdayName "weekday-name";
    /// A holiday behind it is a date.
    Holiday "holiday";
    /// May follow a holiday that is a date.
    HolidayEnd "holiday-end";
    /// A length of one behind its article: "for a week".
    Length "length";
    /// A plural unit without number behind it is a length: "for years".
    LengthLead "length-lead";
    /// The same where "of" or "after" follows.
    LengthBehind "length-behind";
    /// May follow "in a year".
    LengthEnd "length-end";
    /// A plural unit behind it is no length: "the days".
    NoVague "no-vague";
    /// "one day" behind it is a length.
    OneDay "one-day";
    /// "over" behind it belongs to a length.
    OverLead "over-lead";
    /// Ends a quantity that "a year" makes a rate.
    Rate "rate";
    /// A ratio or verse, not a clock time, is near.
    Ratio "ratio";
    /// "today" behind it is nowadays: "used".
    Nowadays "nowadays";
    /// With "is" behind it, "today" is nowadays: "as it is today".
    Pronoun "pronoun";
    /// Behind a number, a range, date or length may go on with it.
    Link "link";
    /// Links the ends of a range.
    RangeLink "range-link";
}

/// The classes of one word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Classes(u64);

impl Classes {
    /// Of a word that is no cue.
    pub(super) const NONE: Classes = Classes(0);

    /// Whether the word tells that.
    #[inline]
    pub(super) fn holds(self, cue: Cue) -> bool {
        self.0 & (1 << cue as u8) != 0
    }
}

/// The classes of all cue words, in a table that is probed by hash.
pub(super) struct Cues {
    slots: Vec<(u64, Classes)>,
}

impl Cues {
    /// Reads the list.
    pub(super) fn new(table: &Table<'static>) -> Cues {
        let rows = table.entries(List::TimexCues);
        let mut cues = Cues { slots: vec![(0, Classes::NONE); (2 * rows.len()).next_power_of_two().max(2)] };
        for entry in rows {
            let cell = |column| table.cell(List::TimexCues, entry, column);
            let bits = cell(Column::Class).split('|').filter_map(Cue::named).fold(0, |bits, cue| bits | 1 << cue as u8);
            cues.add(hash_folded(cell(Column::Form).as_bytes()), bits);
        }
        cues
    }

    fn add(&mut self, hash: u64, bits: u64) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at].1.0 != 0 && self.slots[at].0 != hash {
            at = (at + 1) & mask;
        }
        self.slots[at] = (hash, Classes(self.slots[at].1.0 | bits));
    }

    /// The classes of the word with that hash.
    #[inline]
    pub(super) fn of(&self, hash: u64) -> Classes {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let Some((found, classes)) = self.slots.get(at) else { return Classes::NONE };
            if classes.0 == 0 || *found == hash {
                return *classes;
            }
            at = (at + 1) & mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_class_is_known() -> Result<(), String> {
        let table = crate::gazetteer::builtin()?;
        let unknown: Vec<_> = table
            .entries(List::TimexCues)
            .flat_map(|entry| table.cell(List::TimexCues, entry, Column::Class).split('|'))
            .filter(|class| Cue::named(class).is_none())
            .collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        Ok(())
    }

    #[test]
    fn words_have_their_classes() -> Result<(), String> {
        let cues = Cues::new(&crate::gazetteer::builtin()?);
        let of = |word: &str| cues.of(hash_folded(word.as_bytes()));
        assert!(of("WILL").holds(Cue::Future) && !of("will").holds(Cue::Past));
        assert!(of("until").holds(Cue::YearSure) && of("until").holds(Cue::RangeLink));
        assert!(of("&").holds(Cue::YearLikely));
        assert_eq!(of("harbour").0, 0);
        Ok(())
    }
}

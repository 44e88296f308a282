//! A surname alone: behind an honorific or a role, beside a verb of saying, or as the known form of a leader.

use super::super::bits;
use super::super::guard::Personal;
use super::Verdict;
use super::evidence::{Evidence, goes_on};
use super::repeats::Manner;
use crate::annotation::{Form, Label};
use crate::gazetteer::List;
use crate::token::{Case, Kind};

impl<'a> Evidence<'_, '_, 'a> {
    pub(super) fn judge_single(&self, first: usize, end: usize, before: f32, after: f32) -> Verdict<'a> {
        let Evidence { ctx, names, .. } = self;
        let word = (first..end).rfind(|i| ctx.tokens[*i].is_capitalized()).unwrap_or(first);
        if word > first {
            return self.judge_with_particle(first, word, end, before, after);
        }
        let token = &ctx.tokens[first];
        if token.case == Case::Upper && token.end - token.start <= 4 || names.over(first).is_some() {
            return Verdict::No;
        }
        let mut listed = ctx.lookups.at(first).iter().filter(|h| h.list == List::People && h.end as usize == end && ctx.guards_agree(h));
        // A surname that is also another word tells nothing at the head of a sentence or in a headline.
        let is_doubtful = self.words.surname(first) == 0.4 && before < 1.0 && after < 1.0 && (ctx.opens(first) || ctx.titled(first));
        if let Some(hit) = listed.next().filter(|_| !is_doubtful) {
            let mut found = ctx.by_hit(hit, Label::Person, Form::Surname, 0.75);
            if listed.any(|other| other.entry != hit.entry) {
                found.entry = None;
            }
            return Verdict::Person(found);
        }
        if before >= 2.0 && !self.is_barred(first, end, before) {
            let rule = if before >= 2.5 { "person.after_honorific" } else { "person.after_role" };
            return Verdict::Person(ctx.by_rule(first, end, Label::Person, Form::Surname, rule, 0.75));
        }
        if self.speaks(first, before, after) && !self.is_barred(first, end, before) {
            return Verdict::Person(ctx.by_rule(first, end, Label::Person, Form::Surname, "person.speaks", 0.6));
        }
        Verdict::No
    }

    /// "von der Leyen", "al-Alimi": a surname with its particles.
    fn judge_with_particle(&self, first: usize, word: usize, end: usize, before: f32, after: f32) -> Verdict<'a> {
        let ctx = self.ctx;
        let known = self.words.surname(word) > 0.0 || self.lone.met(ctx.tokens[word].hash) == Some(Manner::Personal);
        if before < 2.0 && !(known && (before > 0.9 || after > 1.2)) || self.is_barred(word, end, before) {
            return Verdict::No;
        }
        Verdict::Person(ctx.by_rule(first, end, Label::Person, Form::Surname, "person.particle", 0.75))
    }

    /// A word that a headline or a title capitalises is no surname because an office stands before it.
    fn is_barred(&self, first: usize, end: usize, before: f32) -> bool {
        let ctx = self.ctx;
        if ctx.personal(first) == Personal::Sure || ctx.is_month(first) && ctx.is_in(first, List::Surnames) && !goes_on(ctx, end) {
            return false;
        }
        let is_name = self.words.surname(first) >= 0.9 || self.words.given(first) >= 1.5;
        ctx.is_in(first, List::OrgHeads)
            || ctx.is_in(first, List::EventHeads)
            || ctx.is_in(first, List::AgreementHeads)
            || ctx.has(first, List::Roles)
            || ctx.has(first, List::TimexWords) && (!ctx.is_in(first, List::Surnames) || goes_on(ctx, end))
            || ctx.has(first, List::Portfolios)
            || ctx.shouted(first) && self.words.surname(first) == 0.0 && before < 2.5
            || !is_name && before < 2.5 && (ctx.commonness(first) > 0 || ctx.is_in(first, List::SpeechVerbs))
    }

    /// "…," Orrwell said; says Orrwell: a surname, or an unknown word that stands alone in this way.
    fn speaks(&self, first: usize, before: f32, after: f32) -> bool {
        let ctx = self.ctx;
        let token = &ctx.tokens[first];
        if (before - 1.0).abs() > 0.01 && after < 1.29 || token.clitic > 0 || token.case != Case::Capital || token.kind != Kind::Word {
            return false;
        }
        const OTHERS: u64 = bits(&[List::Organizations, List::States, List::Places, List::CompanySuffixes, List::Topics, List::TimexWords, List::Honorifics]);
        let is_other = ctx.is_in_any(first, OTHERS);
        let is_met = self.lone.met(token.hash) == Some(Manner::Personal);
        !is_other && is_met && (self.words.surname(first) >= 0.9 || self.words.given(first) >= 1.5 && !ctx.opens(first))
    }
}

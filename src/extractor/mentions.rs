//! The mentions of a document: what recognizers propose, in which order, and what of it stands.

use super::Engine;
use crate::annotation::{Form, Label};
use crate::explain::{Dropped, Recorder};
use crate::recognize::role::RoleFound;
use crate::recognize::timex::Timex;
use crate::recognize::{Context, Found, Names, Via, acronym, agreement, event, organization, person, place, role, state};
use crate::resolve::holder::{self, Held};
use crate::resolve::{coreference, overlap};

impl Engine {
    /// All mentions, settled, and the roles among them, tied to the holders beside them.
    pub(super) fn recognize<'a>(
        &self,
        ctx: &Context<'_, 'a>,
        timexes: &[Timex],
        lang: &str,
        watch: &mut Option<Recorder<'a>>,
    ) -> (Vec<Found<'a>>, Vec<Held<'a>>) {
        let n = ctx.tokens.len();
        let english = lang == "en";
        let mut proposed = self.listed(ctx, timexes, english, watch);
        if !english {
            let listed = overlap::resolve(&proposed, n);
            if let Some(watch) = watch {
                watch.settle(&proposed, &listed, &listed);
            }
            return (listed, Vec::new());
        }
        let roles = self.composed(ctx, &mut proposed, watch);
        let settled = self.with_repeats(ctx, &mut proposed, &roles, watch);
        let settled = self.with_unknown(ctx, settled, &mut proposed, watch);
        let asked = watch.is_some().then(|| settled.clone());
        let (kept, held) = without_idle_roles(ctx, settled, &roles);
        if let (Some(watch), Some(settled)) = (watch, asked) {
            watch.settle(&proposed, &settled, &kept);
        }
        (kept, held)
    }

    /// What stands of the proposed mentions and of their repeats; `proposed` is kept for `watch` alone.
    pub(super) fn with_repeats<'a>(
        &self,
        ctx: &Context<'_, 'a>,
        proposed: &mut Vec<Found<'a>>,
        roles: &[RoleFound<'a>],
        watch: &mut Option<Recorder<'a>>,
    ) -> Vec<Found<'a>> {
        let n = ctx.tokens.len();
        let first = Names::new(overlap::resolve(proposed, n), n);
        let first = Names::new(without_idle_roles(ctx, first.found, roles).0, n);
        let repeats = coreference::find_repeats(ctx, &first, |_| true).into_iter().chain(coreference::find_definite(ctx, &first));
        proposed.extend(repeats.map(|repeat| Found { link: repeat.link.map(|i| first.found[i as usize].span.start), ..repeat }));
        self.drop_stopped(ctx, proposed, watch);
        overlap::resolve(proposed, n)
    }

    /// The mentions with the unknown names that the model adds, and the repeats of these; both are noted in `proposed` for `watch`.
    fn with_unknown<'a>(
        &self,
        ctx: &Context<'_, 'a>,
        found: Vec<Found<'a>>,
        proposed: &mut Vec<Found<'a>>,
        watch: &mut Option<Recorder<'a>>,
    ) -> Vec<Found<'a>> {
        let Some(model) = &self.model else { return found };
        let n = ctx.tokens.len();
        let known = Names::new(found, n);
        let mut unknown = model.find(ctx, &known);
        if let Some(watch) = watch {
            watch.judge(model.reasons(ctx, &known));
        }
        self.drop_stopped(ctx, &mut unknown, watch);
        if unknown.is_empty() {
            return known.found;
        }
        if watch.is_some() {
            proposed.extend(unknown.iter().copied());
        }
        unknown.extend(known.found);
        let all = Names::new(overlap::resolve(&unknown, n), n);
        let mut repeats = coreference::find_repeats(ctx, &all, |found| matches!(found.via, Via::Model(_)));
        repeats.iter_mut().for_each(|repeat| repeat.link = repeat.link.map(|i| all.found[i as usize].span.start));
        self.drop_stopped(ctx, &mut repeats, watch);
        if repeats.is_empty() {
            return all.found;
        }
        if watch.is_some() {
            proposed.extend(repeats.iter().copied());
        }
        repeats.extend(all.found);
        overlap::resolve(&repeats, n)
    }

    /// Time expressions and what the lists name.
    pub(super) fn listed<'a>(&self, ctx: &Context<'_, 'a>, timexes: &[Timex], english: bool, watch: &mut Option<Recorder<'a>>) -> Vec<Found<'a>> {
        let mut proposed: Vec<Found<'a>> = timexes.iter().enumerate().filter(|(_, t)| english || t.rule == "date.iso").map(|(i, t)| date_found(i, t)).collect();
        state::find(ctx, &mut proposed);
        organization::find(ctx, &mut proposed);
        agreement::find(ctx, &mut proposed);
        event::find(ctx, &mut proposed);
        place::find(ctx, &mut proposed);
        person::find(ctx, &mut proposed);
        self.drop_stopped(ctx, &mut proposed, watch);
        proposed
    }

    /// What the rules add to the listed names; gives the roles, which are among it.
    pub(super) fn composed<'a>(&self, ctx: &Context<'_, 'a>, proposed: &mut Vec<Found<'a>>, watch: &mut Option<Recorder<'a>>) -> Vec<RoleFound<'a>> {
        let n = ctx.tokens.len();
        let listed = Names::new(overlap::resolve(proposed, n), n);
        organization::find_composed(ctx, &listed, proposed);
        agreement::find_composed(ctx, &listed, proposed);
        event::find_composed(ctx, &listed, proposed);
        place::find_composed(ctx, &listed, proposed);
        acronym::settle(ctx, proposed);
        self.drop_stopped(ctx, proposed, watch);
        let named = Names::new(overlap::resolve(proposed, n), n);
        let mut roles = role::find(ctx, &named);
        if let Some(watch) = watch {
            watch.drop_all(self.stopped(ctx, roles.iter().map(|r| &r.found)));
            watch.drop_all(torn(ctx, roles.iter().map(|r| &r.found)));
        }
        roles.retain(|r| ctx.in_one_paragraph(r.found.first, r.found.end) && !self.is_stopped(ctx, &r.found));
        person::find_unknown(ctx, &named, &roles, proposed);
        if let Some(watch) = watch {
            watch.drop_all(torn(ctx, proposed.iter()));
        }
        proposed.retain(|f| ctx.in_one_paragraph(f.first, f.end));
        self.drop_stopped(ctx, proposed, watch);
        proposed.extend(roles.iter().map(|r| r.found));
        roles
    }

    fn is_stopped(&self, ctx: &Context<'_, '_>, found: &Found<'_>) -> bool {
        !self.stops.is_empty() && self.stops.holds(found.span.slice(ctx.text), found.label)
    }

    /// What users' stop lists hold, with the line that does.
    fn stopped<'f, 'a: 'f>(&self, ctx: &Context<'_, 'a>, found: impl Iterator<Item = &'f Found<'a>>) -> impl Iterator<Item = (Found<'a>, Dropped)> {
        found.filter_map(|f| Some((*f, Dropped::StopList(self.stops.find(f.span.slice(ctx.text), f.label)?.to_string()))))
    }

    fn drop_stopped<'a>(&self, ctx: &Context<'_, 'a>, proposed: &mut Vec<Found<'a>>, watch: &mut Option<Recorder<'a>>) {
        if !self.stops.is_empty() {
            if let Some(watch) = watch {
                watch.drop_all(self.stopped(ctx, proposed.iter()));
            }
            proposed.retain(|f| !self.is_stopped(ctx, f));
        }
    }
}

/// What goes over a blank line.
fn torn<'f, 'a: 'f>(ctx: &Context<'_, 'a>, found: impl Iterator<Item = &'f Found<'a>>) -> impl Iterator<Item = (Found<'a>, Dropped)> {
    found.filter(|f| !ctx.in_one_paragraph(f.first, f.end)).map(|f| (*f, Dropped::Paragraphs))
}

fn date_found<'a>(i: usize, timex: &Timex) -> Found<'a> {
    Found {
        span: timex.span,
        first: timex.tokens.0,
        end: timex.tokens.1,
        label: Label::Date,
        form: Form::Name,
        entry: None,
        kind: "",
        link: Some(i as u32),
        via: Via::Rule(timex.rule),
        conf: timex.conf,
    }
}

/// Drops the roles that neither stand alone nor have a holder beside them; gives the ties of the others, whose indices are those of
/// the mentions that stay.
fn without_idle_roles<'a>(ctx: &Context<'_, 'a>, found: Vec<Found<'a>>, roles: &[RoleFound<'a>]) -> (Vec<Found<'a>>, Vec<Held<'a>>) {
    let mut held = holder::tie(ctx, &found, roles);
    let idle: Vec<usize> = held.iter().filter(|h| h.is_idle()).map(|h| h.mention).collect();
    if idle.is_empty() {
        return (found, held);
    }
    held.retain(|h| !h.is_idle());
    let place = |old: usize| old - idle.partition_point(|i| *i < old);
    for h in &mut held {
        h.mention = place(h.mention);
        h.person = h.person.map(place);
        h.org = h.org.map(place);
        h.others.iter_mut().for_each(|other| *other = place(*other));
    }
    let kept = found.into_iter().enumerate().filter(|(i, _)| idle.binary_search(i).is_err()).map(|(_, f)| f).collect();
    (kept, held)
}

//! Explanations: what they say of winners, losers, guards, roles, topics, relations and of what is not found.

use std::collections::BTreeSet;

use extract::annotation::OffsetUnit;
use extract::explain::{Candidate, Explanation, Listed, Outcome, Query, Source, Spans, Topics, rule_text};
use extract::gazetteer::compile::{UserFile, compile_user};
use extract::{Extractor, GivenDate, Input};

use crate::support::{extract_at, extractor, files, path, read};

const TEXT: &str = "Baku, 18 September 2024. Foreign Minister Jeyhun Bayramov met with the Secretary of State of the United States in Baku.

Bayramov thanked a minister. COP29 will be held in Atlanta, Georgia. Climate change was discussed with the Xyzzy Foundation. \
Deputies of the European Union Agency for Railways spoke of zonkers.";

fn explain(text: &'static str, spans: Spans, topics: Topics) -> Explanation<'static> {
    let input = Input { id: "-".into(), text, ..Input::default() };
    extractor().explain(&input, &Query { spans, topics, offsets: OffsetUnit::CodePoint })
}

fn over(text: &'static str, words: &str) -> Vec<Candidate<'static>> {
    let explanation = explain(text, Spans::Text(words.to_owned()), Topics::None);
    assert!(!explanation.spans.is_empty(), "{words}");
    explanation.spans.into_iter().next().unwrap().candidates
}

fn listed(source: &Source) -> Option<&Listed> {
    match source {
        Source::List(listed) => Some(listed),
        _ => None,
    }
}

#[test]
fn the_row_named_is_the_row_in_the_file() {
    let mut seen = BTreeSet::new();
    let explanation = explain(TEXT, Spans::All, Topics::Found);
    let candidates = || explanation.spans.iter().flat_map(|span| &span.candidates);
    let tenures = candidates().flat_map(|c| &c.roles).flat_map(|r| &r.tenures).map(|t| &t.row);
    let lexicon = explanation.spans.iter().flat_map(|span| &span.lexicon).map(|hit| &hit.row);
    let guards = candidates().flat_map(|c| &c.guards).map(|guard| &guard.row);
    for row in candidates().filter_map(|c| listed(&c.source)).chain(tenures).chain(lexicon).chain(guards) {
        let text = read(&path("gazetteers").join(&row.file));
        let line = text.lines().nth(row.line.unwrap() as usize - 1).unwrap();
        assert_eq!(line.split('\t').next(), Some(row.entry.as_str()), "{row:?}");
        seen.insert(row.list);
    }
    for list in ["people", "places", "states", "tenures", "events", "guards", "roles"] {
        assert!(seen.contains(list), "{list} {seen:?}");
    }
}

#[test]
fn guards_say_which_condition_held_a_form_back() {
    let candidates = over(TEXT, "Georgia");
    let (place, state) = (&candidates[0], &candidates[1]);
    assert_eq!((place.outcome, place.guards[0].fired), (Outcome::Stands, false));
    assert_eq!((state.outcome, listed(&state.source).unwrap().entry.as_str()), (Outcome::NotProposed, "GE"));
    let guard = &state.guards[0];
    assert_eq!((guard.fired, guard.condition, guard.value.as_deref(), guard.row.file.as_str()), (true, Some("not_if"), Some("region"), "guards.tsv"));
}

#[test]
fn losers_say_to_what_they_lost() {
    let candidates = over(TEXT, "European Union Agency for Railways");
    assert!(candidates[0].outcome == Outcome::Stands && candidates[0].place.text == "European Union Agency for Railways", "{candidates:#?}");
    let loser = candidates.iter().find(|c| c.outcome == Outcome::Lost && c.place.text == "European Union").unwrap_or_else(|| panic!("{candidates:#?}"));
    assert_eq!(loser.beaten_by.as_ref().unwrap().place, candidates[0].place);
    assert!(loser.because.contains("longer"), "{}", loser.because);
}

#[test]
fn idle_roles_and_stopped_texts_are_dropped() {
    let idle = &over(TEXT, "minister")[0];
    assert_eq!((idle.outcome, idle.because.starts_with("idle role")), (Outcome::Dropped, true));
    let folder = tempfile::tempdir().unwrap();
    let stop = folder.path().join("stop.tsv");
    std::fs::write(&stop, "COP29\tevent\tours\n").unwrap();
    let strict = Extractor::builder().stop_list(&stop).build().unwrap();
    let query = Query { spans: Spans::Text("COP29".to_owned()), ..Query::default() };
    let explanation = strict.explain(&Input { text: TEXT, ..Input::default() }, &query);
    let span = &explanation.spans[0];
    assert!(!span.claimed && span.candidates.iter().any(|c| c.outcome == Outcome::Dropped && c.because.ends_with("stop.tsv:1, ours)")), "{span:#?}");
}

#[test]
fn roles_show_holder_basis_and_tenure() {
    let candidates = over(TEXT, "Foreign Minister");
    let role = &candidates[0].roles[0];
    assert_eq!(role.holder.as_ref().unwrap().name, "Jeyhun Bayramov");
    assert_eq!((role.link.as_ref().unwrap().id.as_str(), role.state, role.on_list.as_ref().unwrap().verdict), ("role.premodifier", Some("AZ"), "confirmed"));
    assert!(role.tenures.iter().any(|t| t.from == "2020-07-16" && t.row.file == "tenures.tsv"), "{role:#?}");
}

#[test]
fn what_nothing_claims_says_so() {
    let why = |words: &str| {
        let explanation = explain(TEXT, Spans::Text(words.to_owned()), Topics::None);
        assert!(!explanation.spans[0].claimed, "{words}");
        (explanation.spans[0].why_not.clone().unwrap(), explanation.spans[0].lexicon.len())
    };
    let (said, words) = why("zonkers");
    assert!(said.contains("no list and no lexicon") && words == 0, "{said}");
    let (said, words) = why("discussed");
    assert!(said.contains("no rule made a name") && words > 0, "{said}");
    assert!(explain(TEXT, Spans::Text("Xanadu".to_owned()), Topics::None).is_empty());
    assert!(explain(TEXT, Spans::At(9999), Topics::None).is_empty());
}

#[test]
fn topics_show_evidence_and_idle_cues() {
    let topics = explain(TEXT, Spans::None, Topics::Found).topics;
    assert!(topics[0].main && topics.iter().any(|t| t.id == "climate-change"));
    for topic in &topics {
        let sum: f32 = topic.evidence.iter().map(|cue| cue.w.0).sum();
        // Cues are rows of a list; evidence from an entity is none.
        assert!((sum - topic.score.0).abs() < 0.006 && topic.evidence.iter().any(|cue| cue.row.is_some()), "{topic:#?}");
    }
    let climate = topics.iter().find(|t| t.id == "climate-change").unwrap();
    assert!(climate.unused.iter().any(|cue| cue.place.text == "Climate" && cue.says.contains("inside the longer cue")), "{climate:#?}");
    let one = |slug: &str| explain(TEXT, Spans::None, Topics::One(slug.to_owned())).topics.remove(0).why_not;
    assert_eq!(one("no-such-topic").as_deref(), Some("there is no such topic"));
    assert_eq!(one("arms-control").as_deref(), Some("no cue of it stands in the text"));
    assert_eq!(one("climate-change"), None);
}

#[test]
fn relations_show_their_trigger() {
    let relations = explain(TEXT, Spans::Text("met with".to_owned()), Topics::None).relations;
    assert_eq!(relations.len(), 1);
    let meeting = &relations[0];
    assert_eq!((meeting.kind.as_str(), meeting.trigger.text.as_str(), meeting.row.as_ref().unwrap().list), ("meeting", "met with", "relation-triggers"));
    assert!(meeting.participants.iter().any(|side| side.who.name == "Jeyhun Bayramov"), "{meeting:#?}");
    assert!(explain(TEXT, Spans::Text("COP29".to_owned()), Topics::None).relations.is_empty());
}

#[test]
fn offsets_of_a_text_with_a_title_apart() {
    let text = "Zürich, 3 May 2024. Étienne Dubois met President Ilham Aliyev.";
    let input = Input { id: "-".into(), text, title: Some("Ilham Aliyev à Zürich"), ..Input::default() };
    let bytes = text.find("Ilham").unwrap() as u32;
    for (offsets, at) in [(OffsetUnit::Utf8Byte, bytes), (OffsetUnit::CodePoint, bytes - 2)] {
        let found = extractor().explain(&input, &Query { spans: Spans::At(at), topics: Topics::None, offsets });
        assert_eq!((found.spans[0].place.text.as_str(), found.spans[0].place.start, found.spans[0].place.within), ("Ilham", at, None));
        assert!(found.spans[0].claimed);
        let both = extractor().explain(&input, &Query { spans: Spans::Text("Ilham Aliyev".to_owned()), topics: Topics::None, offsets });
        let within: Vec<_> = both.spans.iter().map(|span| span.place.within).collect();
        assert_eq!(within, [Some("title"), None]);
    }
}

#[test]
fn rows_of_users_lists_name_file_and_line() {
    let ours = "id\tname\tfamily\n# one of ours\n\nz\tZoran Ullmark\tUllmark\na\tAva Renquist\tRenquist\n";
    let built = Extractor::builder().gazetteer_text("ours.people.tsv", ours).topics_text("t.tsv", "topic\tform\n\nzonks\tzonker\n").build().unwrap();
    let text = "Ava Renquist met Zoran Ullmark. Zonkers, zonkers and a zonker: zonkers!";
    let told = built.explain(&Input { text, ..Input::default() }, &Query { topics: Topics::One("zonks".to_owned()), ..Query::default() });
    let place = |words: &str| {
        let span = told.spans.iter().find(|span| span.place.text == words).unwrap_or_else(|| panic!("{told:#?}"));
        listed(&span.candidates[0].source).map(|row| (row.file.clone(), row.line, row.entry.clone())).unwrap()
    };
    assert_eq!(place("Ava Renquist"), ("ours.people.tsv".to_owned(), Some(5), "a".to_owned()));
    assert_eq!(place("Zoran Ullmark"), ("ours.people.tsv".to_owned(), Some(4), "z".to_owned()));
    let rows: Vec<_> =
        told.topics[0].evidence.iter().chain(&told.topics[0].unused).filter_map(|cue| cue.row.as_ref()).map(|row| (row.file.as_str(), row.line)).collect();
    assert!(!rows.is_empty() && rows.iter().all(|row| *row == ("t.tsv", Some(3))), "{rows:?}");

    let folder = tempfile::tempdir().unwrap();
    let compiled = folder.path().join("ours.gaz");
    let tsv = UserFile { name: "ours.people.tsv".to_owned(), bytes: ours.into() };
    std::fs::write(&compiled, compile_user(vec![tsv]).unwrap().bytes).unwrap();
    let built = Extractor::builder().gazetteer(&compiled).build().unwrap();
    let told = built.explain(&Input { text, ..Input::default() }, &Query::default());
    let row = listed(&told.spans[0].candidates[0].source).unwrap();
    assert_eq!((row.file.as_str(), row.line, row.entry.as_str()), (compiled.to_str().unwrap(), None, "a"), "a compiled list keeps no lines");
}

#[test]
fn the_model_shows_what_its_features_add() {
    let text = "In the village of Harrowmere, the flood took three houses. The Harrowmere mill stands.";
    let harrowmere = &over(text, "Harrowmere")[0];
    assert!(harrowmere.outcome == Outcome::Stands && matches!(harrowmere.source, Source::Model(_)), "{harrowmere:#?}");
    let model = harrowmere.model.as_ref().unwrap();
    let sum = model.features.iter().map(|f| f.w.0).sum::<f32>() + model.others.1.0 + model.elsewhere.0;
    let odds = (model.share.0 / model.none.0).ln();
    assert!((sum - odds).abs() < 0.01 && model.share.0 >= model.needed.0, "{sum} {odds} {model:#?}");
    assert!(model.features.iter().any(|f| f.says == "its last word ends in “mere”"), "{model:#?}");
    assert!(model.elsewhere.0 != 0.0, "it stands twice, with other neighbours: {model:#?}");

    let explanation = explain("Officials praised the Tarnwick.", Spans::Text("Tarnwick".to_owned()), Topics::None);
    let candidates = &explanation.spans[0].candidates;
    let judged = candidates.iter().find(|c| c.model.is_some()).unwrap_or_else(|| panic!("{explanation:#?}"));
    assert_eq!(judged.outcome, Outcome::NotProposed);
    assert!(judged.because.contains("is needed"), "{judged:#?}");
}

#[test]
fn every_mention_of_the_fixtures_is_explained_and_every_rule_described() {
    let mut missing = BTreeSet::new();
    for file in files("fixtures/press", ".txt").into_iter().chain(files("fixtures/cases", ".txt")) {
        let text = read(&file);
        let found = extract_at(&text, "2024-11-12");
        let rules = found.mentions.iter().filter_map(|m| m.via.split_once(':').filter(|(kind, _)| *kind != "gaz").map(|(_, id)| id.to_owned()));
        let links = found.roles.iter().flat_map(|r| [r.link, r.state_basis, r.on_list.as_ref().map(|l| l.verdict)]).flatten().map(str::to_owned);
        let bases = found.relations.iter().filter_map(|r| r.date_basis).chain(found.doc.issuer.as_ref().map(|i| i.basis)).map(str::to_owned);
        missing.extend(rules.chain(links).chain(bases).filter(|id| rule_text(id).is_none_or(str::is_empty)));

        let date = Some(GivenDate { value: "2024-11-12".to_owned(), from: "field" });
        let input = Input { id: "-".into(), text: &text, date, ..Input::default() };
        let told = extractor().explain(&input, &Query { offsets: OffsetUnit::Utf8Byte, ..Query::default() });
        let standing: BTreeSet<String> = told.spans.iter().flat_map(|span| &span.candidates).filter_map(|c| c.mention.clone()).collect();
        for mention in &found.mentions {
            assert!(standing.contains(&mention.id.to_string()), "{}: {mention:?}", file.display());
        }
        for candidate in told.spans.iter().flat_map(|span| &span.candidates) {
            assert!(
                !candidate.because.is_empty() && (candidate.outcome == Outcome::Lost) == candidate.beaten_by.is_some(),
                "{}: {candidate:#?}",
                file.display()
            );
        }
    }
    assert!(missing.is_empty(), "src/explain/rules.tsv lacks {missing:?}");
}

#[test]
fn rules_are_sorted_and_described_on_one_line() {
    let text = read(&path("src/explain/rules.tsv"));
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    assert!(rows.len() > 100 && rows.iter().all(|row| row.len() == 2 && !row[1].is_empty() && !row[1].ends_with('.')));
    assert!(rows.windows(2).all(|pair| pair[0][0] < pair[1][0]), "sorted by bytes, no id twice");
}

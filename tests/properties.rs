//! Laws of every result, on random texts, odd inputs and whole releases.

use std::collections::{BTreeMap, BTreeSet};

use extract::annotation::{Anchor, EntityRef, Extraction, Id, Label, Mention, OffsetUnit};
use extract::output::{Filter, JSON_SCHEMA};
use extract::{GivenDate, Input};
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value;

use crate::support::{extractor, files, name, read, read_odd, shown};
use crate::walker;

/// Random texts tried.
const CASES: u32 = 192;

/// What random texts are made of.
const FRAGMENTS: &[&str] = &[
    "Jeyhun Bayramov",
    "Ursula von der Leyen",
    "İlham Əliyev",
    "ILHAM ALIYEV",
    "Bayramov",
    "O’Neill",
    "J. R. Smith-Jones",
    "Tamsin Orrwell",
    "Minister of Foreign Affairs",
    "President",
    "Deputy Prime Minister",
    "spokesperson for",
    "Presidents of Ukraine and France",
    "H.E.",
    "Mr.",
    "former",
    "Azerbaijan",
    "Republic of Korea",
    "the U.S.",
    "Armenian",
    "Georgia",
    "São Tomé and Príncipe",
    "Bosnia & Herzegovina",
    "AZERBAIJAN",
    "our country",
    "Ministry of Foreign Affairs",
    "UN",
    "European Commission",
    "IAEA",
    "Nordlicht Energy AG",
    "the Ministry",
    "NATO Summit",
    "COP29",
    "29th session of the Conference of the Parties to the UN Framework Convention on Climate Change",
    "(COP29)",
    "Paris Agreement",
    "resolution 2231",
    "World War II",
    "Baku",
    "İSTANBUL",
    "New York",
    "the Black Sea",
    "18 September 2024",
    "On September 18,",
    "2024-09-18",
    "last Friday",
    "from 2021 to 2025",
    "11-22 November",
    "16:58 (UTC+04:00)",
    "met",
    "said",
    "of",
    "and",
    "the",
    "in",
    "for",
    "who serves as",
    "climate change",
    "peace agreement",
    "landmines",
    "trade",
    ".",
    ",",
    ";",
    ":",
    "!",
    "“",
    "”",
    "\"",
    "’s",
    "'s",
    "(",
    ")",
    "–",
    "-",
    "/",
    "•",
    "\n",
    "\r\n",
    "\n\n",
    "\r\n\r\n",
    "\t",
    "  ",
    "\u{a0}",
    "\u{202f}",
    "\u{200b}",
    "\u{feff}",
    "\u{ad}",
    "Azer\u{ad}bai\u{ad}jan",
    "Mol\u{ad}\u{ad}dova",
    "🎉",
    "🇦🇿",
    "👨‍👩‍👧",
    "e\u{301}",
    "Babis\u{30c}",
    "\u{301}",
    "İ",
    "ı",
    "ß",
    "ǅ",
    "ﬁnance",
    "\u{1e9e}",
    "Министр",
    "北京",
    "\u{202e}",
    "\0",
    "&nbsp;",
    "<b>",
    "https://example.org/georgia",
];

/// Fragments, mostly with blanks between them, and a few arbitrary characters.
fn texts() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![12 => prop::sample::select(FRAGMENTS).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    let glued = (fragment, prop::bool::weighted(0.75)).prop_map(|(text, blank)| if blank { text + " " } else { text });
    prop::collection::vec(glued, 0..40).prop_map(|parts| parts.concat())
}

/// Texts that once broke a law.
#[test]
fn laws_hold_where_they_once_did_not() {
    laws(&input("close topics", "COP29\nEuropean Commission NATO Summit(COP29)UN(COP29)", None));
    laws(&input("a name cut by the end of the title", "the Black Sea", Some("Ministry of Foreign Affairs for")));
    laws(&input(
        "a repeat cut by the end of the title",
        "J. R. Smith-Jones",
        Some("Jeyhun BayramovTamsin OrrwellJeyhun Bayramov J. R. Smith-JonesEuropean Commission Bayramov"),
    ));
}

proptest! {
    #![proptest_config(Config { cases: CASES, failure_persistence: None, ..Config::default() })]

    #[test]
    fn laws_hold_on_random_texts(text in texts()) {
        laws(&input("random", &text, None));
    }

    #[test]
    fn laws_hold_with_a_title_apart(title in texts(), text in texts()) {
        laws(&input("random", &text, Some(&title)));
    }
}

#[test]
fn laws_hold_on_odd_inputs() {
    for file in files("fixtures/odd", ".txt") {
        let (text, file) = (read_odd(&file), name(&file));
        laws(&input(&file, &text, None));
        let titled = laws(&input(&file, &text, Some("Azerbaijan’s İlham Əliyev 🎉 meets Foreign Minister Jeyhun Bayramov")));
        assert!(titled.mentions.iter().any(|mention| mention.within == Some("title") && mention.text == "Jeyhun Bayramov"));
        laws(&input(&file, "Baku hosts COP29.", Some(&text)));
    }
}

#[test]
fn laws_hold_on_releases() {
    for file in files("fixtures/press", ".txt").into_iter().filter(|file| !name(file).contains(".gold.")) {
        laws(&input(&name(&file), &read(&file), None));
    }
}

#[test]
fn laws_hold_on_cut_releases() {
    // A text may end anywhere: in a name, a date, a line end.
    let text = read(&files("fixtures/press", "parliament-2024-12-03-speaker-visit.txt")[0]);
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).filter(|at| at % 37 == 0).take(24).collect();
    for end in ends {
        laws(&input("cut", &text[..end], None));
    }
}

#[test]
fn threads_give_the_same() {
    let texts: Vec<String> = files("fixtures/press", ".txt").iter().take(12).map(|file| read(file)).collect();
    let all = || texts.iter().map(|text| json(&extractor().extract(text))).collect::<Vec<_>>();
    let alone = all();
    std::thread::scope(|scope| {
        let threads = [scope.spawn(all), scope.spawn(all)];
        for thread in threads {
            assert!(thread.join().unwrap() == alone, "a thread gave another result");
        }
    });
}

fn input<'t>(id: &'t str, text: &'t str, title: Option<&'t str>) -> Input<'t> {
    Input { id: id.into(), text, title, date: Some(GivenDate { value: "2024-09-18".to_owned(), from: "field" }), ..Input::default() }
}

fn json(result: &Extraction<'_>) -> String {
    serde_json::to_string(result).unwrap()
}

/// All laws of one document.
fn laws<'t>(input: &Input<'t>) -> Extraction<'t> {
    let result = extractor().extract_document(input);
    assert_eq!(json(&result), json(&extractor().extract_document(input)), "a second run gave another result");
    texts_stand_at_their_offsets(&result, input.text);
    mentions_nest_in_order(&result);
    ids_lead_somewhere(&result);
    evidence_sums_to_the_score(&result);
    flat_is_flat(&result);
    fits_the_schema(&result);
    result
}

/// The pieces of a text between two offsets, counted anew in each unit.
struct Units<'t> {
    bytes: &'t str,
    chars: Vec<char>,
    utf16: Vec<u16>,
}

impl Units<'_> {
    fn new(text: &str) -> Units<'_> {
        Units { bytes: text, chars: text.chars().collect(), utf16: text.encode_utf16().collect() }
    }

    fn slice(&self, unit: OffsetUnit, start: u32, end: u32) -> Option<String> {
        let range = start as usize..end as usize;
        match unit {
            OffsetUnit::Utf8Byte => self.bytes.get(range).map(str::to_owned),
            OffsetUnit::CodePoint => self.chars.get(range).map(|chars| chars.iter().collect()),
            OffsetUnit::Utf16 => self.utf16.get(range).and_then(|units| String::from_utf16(units).ok()),
        }
    }
}

fn texts_stand_at_their_offsets(result: &Extraction<'_>, text: &str) {
    assert_eq!(result.doc.bytes, text.len());
    let title = result.doc.title.clone().unwrap_or_default();
    let (in_text, in_title) = (Units::new(text), Units::new(&title));
    for unit in [OffsetUnit::Utf8Byte, OffsetUnit::CodePoint, OffsetUnit::Utf16] {
        let mut result = result.clone();
        result.convert_offsets(unit, text);
        assert_eq!(result.doc.offsets, unit);
        for mention in &result.mentions {
            let side = match mention.within {
                Some("title") => &in_title,
                Some(other) => panic!("{}: in {other}?", shown(mention)),
                None => &in_text,
            };
            assert!(!mention.text.trim().is_empty(), "an empty mention at {}", mention.start);
            assert!(!mention.text.contains("\n\n"), "a mention over two paragraphs: {}", shown(mention));
            assert_eq!(
                side.slice(unit, mention.start, mention.end).as_deref(),
                Some(mention.text),
                "{unit:?} {}..{} of {}",
                mention.start,
                mention.end,
                shown(mention)
            );
        }
        for relation in &result.relations {
            let side = if relation.within.is_some() { &in_title } else { &in_text };
            let at = |[start, end]: [u32; 2]| side.slice(unit, start, end).unwrap_or_else(|| panic!("{unit:?} {start}..{end} of {}", relation.id));
            let trigger = at([relation.trigger.start, relation.trigger.end]);
            assert!(!trigger.trim().is_empty() && at(relation.evidence).contains(&trigger), "{}: {trigger:?} is not in its evidence", relation.id);
            relation.content.into_iter().for_each(|content| assert!(!at(content).is_empty(), "content of {}", relation.id));
        }
        for evidence in result.topics.iter().flat_map(|topic| &topic.evidence) {
            if let Some([start, end]) = evidence.span {
                let there = [&in_text, &in_title].map(|side| side.slice(unit, start, end));
                assert!(there.iter().any(|there| there.as_deref() == evidence.text), "{unit:?} {start}..{end} is not {:?}", evidence.text);
            }
        }
    }
}

fn mentions_nest_in_order(result: &Extraction<'_>) {
    let key = |m: &Mention<'_>| (m.within.is_none(), m.start, std::cmp::Reverse(m.end));
    let mut open: Vec<&Mention<'_>> = Vec::new();
    let mut before: Option<&Mention<'_>> = None;
    for mention in &result.mentions {
        if let Some(before) = before {
            assert!(key(before) <= key(mention), "{} stands before {}", shown(before), shown(mention));
            assert!(
                (before.start, before.end, before.label, before.within) != (mention.start, mention.end, mention.label, mention.within),
                "{} stands there twice",
                shown(mention)
            );
        }
        open.retain(|outer| outer.within == mention.within && outer.end > mention.start);
        let outer = open.last();
        assert!(outer.is_none_or(|outer| mention.end <= outer.end), "{} crosses {}", shown(mention), outer.map_or(String::new(), |outer| shown(outer)));
        assert_eq!(mention.nested_in, outer.map(|outer| outer.id), "{} is in the wrong mention", shown(mention));
        open.push(mention);
        before = Some(mention);
    }
}

/// What all entities have.
struct Entity<'r> {
    id: EntityRef<'r>,
    label: Label,
    mentions: &'r [Id],
    /// Dates have none.
    count: Option<usize>,
}

fn entities<'r>(result: &'r Extraction<'_>) -> Vec<Entity<'r>> {
    macro_rules! all {
        ($($array:ident $label:ident $reference:ident),+) => {
            [$(result.$array.iter().map(|e| Entity { id: EntityRef::$reference(e.id), label: Label::$label, mentions: &e.mentions, count: Some(e.count) }).collect::<Vec<_>>()),+]
        };
    }
    let dates = result.dates.iter().map(|e| Entity { id: EntityRef::Id(e.id), label: Label::Date, mentions: &e.mentions, count: None });
    let named = all!(people Person Id, states State State, organizations Organization Id, places Place Id, agreements Agreement Id, events Event Id);
    named.into_iter().flatten().chain(dates).collect()
}

fn ids_lead_somewhere(result: &Extraction<'_>) {
    let mut mentions = BTreeMap::new();
    for mention in &result.mentions {
        assert!(mentions.insert(mention.id, mention).is_none(), "{} is given twice", mention.id);
    }
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for Entity { id, label, mentions: own, count } in entities(result) {
        let shown_id = shown_ref(id);
        // `--` stands for all states without a code.
        assert!(ids.insert(shown_id.clone()) || id == EntityRef::State("--"), "{shown_id} is given twice");
        assert!(count.is_none_or(|count| count == own.len()), "{shown_id} counts wrongly");
        assert!(!own.is_empty() || result.organizations.iter().any(|org| org.implicit && EntityRef::Id(org.id) == id), "{shown_id} has no mention");
        for mention in own {
            let mention = mentions.get(mention).unwrap_or_else(|| panic!("{shown_id} names {mention}, which is no mention"));
            assert_eq!((mention.entity, mention.label), (id, label), "{} of {shown_id}", shown(mention));
        }
    }
    for role in &result.roles {
        assert!(ids.insert(role.id.to_string()), "{} is given twice", role.id);
        assert_eq!(mentions.get(&role.mention).map(|mention| (mention.label, mention.text)), Some((Label::Role, &*role.title)), "mention of {}", role.id);
        assert!(role.person.is_none_or(|id| result.people.iter().any(|person| person.id == id)), "person of {}", role.id);
        assert!(role.org.is_none_or(|id| result.organizations.iter().any(|org| org.id == id)), "organisation of {}", role.id);
    }
    for mention in &result.mentions {
        assert!(ids.contains(&shown_ref(mention.entity)), "{}: there is no {}", shown(mention), shown_ref(mention.entity));
        let outer = mention.nested_in.and_then(|id| mentions.get(&id));
        assert_eq!(outer.is_some(), mention.nested_in.is_some(), "{} is nested in nothing", shown(mention));
        if let Some(Anchor::Mention(id)) = mention.date.as_ref().and_then(|date| date.anchor) {
            assert_eq!(mentions.get(&id).map(|anchor| anchor.label), Some(Label::Date), "anchor of {}", shown(mention));
        }
    }
    for event in &result.events {
        let own = event
            .under
            .as_deref()
            .filter(|under| under.strip_prefix('a').is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())));
        assert!(own.is_none_or(|under| ids.contains(under)), "{} is under {own:?}", event.id);
    }
    assert!(result.doc.date.as_ref().and_then(|date| date.mention).is_none_or(|id| mentions.contains_key(&id)), "mention of the document's date");
    assert!(result.doc.issuer.as_ref().and_then(|issuer| issuer.org).is_none_or(|id| ids.contains(&id.to_string())), "organisation of the issuer");
    for relation in &result.relations {
        assert!(ids.insert(relation.id.to_string()), "{} is given twice", relation.id);
        assert!(!relation.participants.is_empty(), "{} has no side", relation.id);
        for side in &relation.participants {
            // A state may be known by its office-holder alone.
            let known = |reference: EntityRef<'_>| matches!(reference, EntityRef::State(_)) || ids.contains(&shown_ref(reference));
            assert!(known(side.entity) && side.acts_for.iter().all(|reference| known(*reference)), "a side of {}: {side:?}", relation.id);
            assert!(side.role.is_none_or(|id| result.roles.iter().any(|role| role.id == id)), "role of a side of {}", relation.id);
        }
        for reference in relation.place.iter().chain(&relation.attributed_by) {
            assert!(matches!(reference, EntityRef::State(_)) || ids.contains(&shown_ref(*reference)), "{} names {reference:?}", relation.id);
        }
    }
    for by in result.topics.iter().flat_map(|topic| &topic.evidence).filter_map(|evidence| evidence.by) {
        assert!(ids.contains(&shown_ref(by)), "a topic rests on {}", shown_ref(by));
    }
}

fn shown_ref(reference: EntityRef) -> String {
    match reference {
        EntityRef::Id(id) => id.to_string(),
        EntityRef::State(code) => code.to_owned(),
    }
}

fn evidence_sums_to_the_score(result: &Extraction<'_>) {
    // As a reader of the JSON adds them up.
    let record: Value = serde_json::to_value(result).unwrap();
    let mut last = 1.0;
    for (i, topic) in record["topics"].as_array().unwrap().iter().enumerate() {
        let sum: f64 = topic["evidence"].as_array().unwrap().iter().map(|evidence| evidence["w"].as_f64().unwrap()).sum();
        let score = topic["score"].as_f64().unwrap();
        assert!((sum - score).abs() <= 0.005, "{}: the weights sum to {sum:.3}, the score is {score}", topic["id"]);
        assert!(score <= last, "{} stands after a lower score", topic["id"]);
        assert_eq!(topic["main"] == true, i == 0, "main is the first topic");
        last = score;
    }
}

fn flat_is_flat(result: &Extraction<'_>) {
    let mut flat = result.clone();
    Filter { flat: true, ..Filter::default() }.apply(&mut flat);
    for mention in flat.mentions.iter().filter(|mention| mention.nested_in.is_some()) {
        let outer = flat.mentions.iter().find(|outer| Some(outer.id) == mention.nested_in);
        assert_eq!(outer.map(|outer| outer.label), Some(Label::Role), "{} is still nested", shown(mention));
    }
    ids_lead_somewhere(&flat);
}

fn fits_the_schema(result: &Extraction<'_>) {
    let schema: Value = serde_json::from_str(JSON_SCHEMA).unwrap();
    let record = serde_json::to_value(result).unwrap();
    walker::check(&record, &schema, &schema, "record").unwrap_or_else(|error| panic!("{error}\nadd it to src/output/schema.json\n{record}"));
}

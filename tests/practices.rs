//! What the built-in practices must always satisfy, on every screen.
//!
//! The ids are a promise: they are part of every saved journal, so their snapshot may grow but must
//! not change. The counts are those of the eight described practices.

use std::fmt::Write as _;

use leadby::practice::{
    Ask, Cadence, Catalog, Choice, DoneWhen, FieldKind, Practice, Provides, Register, Step, builtin,
};
use leadby::text;

/// The widest prompt line on a screen of 80 columns.
const LINE: usize = 76;
/// The widest name that fits the stepper and Home.
const NAME: usize = 13;

#[test]
fn ids_never_change_once_released() {
    insta::assert_snapshot!("ids", ids(&builtin()));
}

fn practices() -> Vec<Practice> {
    builtin().practices().to_vec()
}

#[test]
fn the_walk_is_the_eight_practices_in_their_order() {
    let catalog = builtin();
    let walk: Vec<(u32, &str)> = catalog
        .walk()
        .map(|practice| (practice.order, practice.name.as_str()))
        .collect();
    assert_eq!(
        walk,
        [
            (1, "Audit"),
            (2, "Mastery"),
            (3, "Problem"),
            (4, "Next level"),
            (5, "Communication"),
            (6, "Systems"),
            (7, "Multiplier"),
            (8, "Influence"),
        ]
    );
    assert_eq!(
        catalog.practices().len(),
        15,
        "and the profile, the mirror, the month, the inbox, the days off, the names and the talk"
    );
}

#[test]
fn the_audit_asks_four_questions_and_leads_to_a_commitment() {
    let catalog = builtin();
    let audit = practice(&catalog, "audit");
    let steps: Vec<&str> = audit.steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(steps, ["influence", "tolerating", "curiosity", "routines"]);
    assert!(audit.steps.iter().all(|step| !step.optional));
    for practice in catalog.practices() {
        assert_eq!(practice.leads_to_commitment, practice.id == "audit");
    }
}

#[test]
fn mastery_is_marked_on_three_steps_lowest_first() {
    let catalog = builtin();
    let mark = kind(step(practice(&catalog, "mastery"), "mark"));
    assert!(matches!(mark, FieldKind::Scale(_)));
    assert_eq!(
        labels(mark.choices()),
        ["average", "competent", "exceptional"]
    );
}

#[test]
fn a_problem_goes_through_five_stages_and_counts_when_solved() {
    let catalog = builtin();
    let (problems, stage) = catalog.monthly().expect("a register by month");
    assert_eq!((problems.id.as_str(), stage), ("problems", "solved"));
    let stages: Vec<&str> = problems
        .stages
        .iter()
        .map(|stage| stage.name.as_str())
        .collect();
    assert_eq!(
        stages,
        [
            "spotted",
            "solved",
            "documented",
            "communicated",
            "results shared"
        ]
    );
    let by_stage = |id| problems.field(id).and_then(|field| field.stage.as_deref());
    assert_eq!(by_stage("to"), Some("communicated"));
    assert_eq!(by_stage("where"), Some("shared"));
}

#[test]
fn eleven_skills_are_in_three_tracks() {
    let catalog = builtin();
    let skills = catalog.register("skills").expect("skills");
    let track = &skills.field("track").expect("a track").kind;
    assert_eq!(
        labels(track.choices()),
        ["Manager", "Architecture or strategy", "Executive influence"]
    );
    let counts: Vec<usize> = track
        .choices()
        .iter()
        .map(|choice| {
            let presets = skills.presets.iter();
            presets
                .filter(|preset| preset.values.get("track") == Some(&choice.id))
                .count()
        })
        .collect();
    assert_eq!(counts, [3, 4, 4]);
    assert_eq!(skills.presets.len(), 11);
    assert_eq!(skills.unstaged, "not started");
    assert_eq!(
        skills
            .stages
            .iter()
            .map(|stage| stage.name.as_str())
            .collect::<Vec<_>>(),
        ["learning", "practised", "can teach"]
    );
}

#[test]
fn the_other_lists_have_the_right_length() {
    let catalog = builtin();
    let habits = kind(step(practice(&catalog, "communication"), "habits"));
    assert!(matches!(habits, FieldKind::Checklist(list) if list.len() == 6));
    let aims = field(&catalog, "systems", "aims");
    assert!(matches!(aims, FieldKind::Choices(aims) if aims.choices.len() == 6 && !aims.open));
    let ways = field(&catalog, "acts", "way");
    assert!(matches!(ways, FieldKind::Choice(ways) if ways.choices.len() == 4 && !ways.open));
}

#[test]
fn the_mirror_is_private_monthly_and_has_five_signs_three_gaps_and_a_moment() {
    let catalog = builtin();
    let mirror = practice(&catalog, "mirror");
    assert!(mirror.private);
    assert_eq!(mirror.cadence, Cadence::Monthly);
    let [signs, gaps @ .., moment] = mirror.steps.as_slice() else {
        panic!("no steps");
    };
    assert!(matches!(kind(signs), FieldKind::Checklist(signs) if signs.len() == 5));
    assert_eq!(gaps.len(), 3);
    for gap in gaps {
        assert!(matches!(kind(gap), FieldKind::Choice(gap) if gap.choices.len() == 2));
        // Only the lesser side asks something.
        let asks: Vec<bool> = kind(gap)
            .choices()
            .iter()
            .map(|it| it.asks.is_some())
            .collect();
        assert_eq!(asks, [true, false]);
    }
    assert!(kind(signs).choices().iter().all(|it| it.asks.is_some()));
    assert_eq!(kind(moment), &FieldKind::Prose);
    let private = catalog
        .practices()
        .iter()
        .filter(|practice| practice.private);
    assert_eq!(private.count(), 2, "the mirror and the inbox");
}

#[test]
fn the_profile_provides_what_the_other_practices_use() {
    let catalog = builtin();
    for (what, wanted) in [
        (Provides::Role, "role"),
        (Provides::CoreFunction, "core"),
        (Provides::Tracks, "tracks"),
        (Provides::Areas, "areas"),
    ] {
        let (practice, step) = catalog.provider(what).expect("a provider");
        assert_eq!((practice.id.as_str(), step.id.as_str()), ("ground", wanted));
        assert_eq!(practice.cadence, Cadence::Standing);
    }
    let ground = practice(&catalog, "ground");
    assert_eq!(ground.questions.len(), 2);
    let areas = kind(step(ground, "areas"));
    assert!(matches!(areas, FieldKind::Choices(areas) if areas.open));
    assert_eq!(
        labels(areas.choices()),
        [
            "inbox",
            "small team",
            "process",
            "customer list",
            "tools",
            "calendar"
        ]
    );
    let tracks = kind(step(ground, "tracks"));
    assert_eq!(
        tracks.choices(),
        field(&catalog, "skills", "track").choices()
    );
}

#[test]
fn the_talk_provides_what_a_portfolio_begins_with() {
    let catalog = builtin();
    for (what, wanted) in [
        (Provides::Name, "name"),
        (Provides::Summary, "summary"),
        (Provides::Needs, "needs"),
        (Provides::ToShow, "show"),
    ] {
        let (practice, step) = catalog.provider(what).expect("a provider");
        assert_eq!((practice.id.as_str(), step.id.as_str()), ("talk", wanted));
        assert!(practice.cadence == Cadence::Standing && !practice.private);
    }
}

#[test]
fn systems_is_done_with_either_step_and_all_others_with_every_step() {
    for practice in builtin().practices() {
        let any = practice.id == "systems";
        assert_eq!(practice.done == DoneWhen::Any, any, "{}", practice.id);
    }
}

#[test]
fn names_fit_their_space() {
    for practice in practices() {
        assert!(text::width(&practice.name) <= NAME, "{}", practice.name);
        assert!(text::width(&practice.title) <= LINE, "{}", practice.title);
        for register in &practice.registers {
            for field in &register.fields {
                let label = field.label.as_str();
                assert!(text::width(label) <= 20, "{label}");
                assert!(label.split(' ').count() <= 4, "{label}");
            }
        }
    }
}

#[test]
fn every_prompt_fits_in_two_lines() {
    for practice in practices() {
        let mut texts = vec![&practice.intro];
        texts.extend(&practice.questions);
        texts.extend(practice.steps.iter().map(|step| &step.prompt));
        for register in &practice.registers {
            texts.extend(register.fields.iter().map(|field| &field.prompt));
        }
        for text in texts {
            let lines = wrapped(text);
            assert!((1..=2).contains(&lines), "{lines} lines: {text}");
        }
        for step in &practice.steps {
            assert!(text::width(&step.help) <= LINE, "{}", step.help);
        }
    }
}

#[test]
fn every_register_says_what_belongs_in_it_and_gives_an_example() {
    assert_eq!(builtin().registers().count(), 16);
    for register in practices()
        .into_iter()
        .flat_map(|practice| practice.registers)
    {
        for text in [&register.about, &register.example] {
            let columns = text::width(text);
            assert!((10..=LINE).contains(&columns), "{}: {text}", register.id);
        }
        assert!(!register.name.is_empty() && !register.singular.is_empty());
    }
}

#[test]
fn every_register_is_asked_for_and_no_two_share_an_id() {
    let catalog = builtin();
    let mut seen = Vec::new();
    for practice in catalog.practices() {
        for register in &practice.registers {
            let asked = Ask::Register(register.id.clone());
            assert!(practice.steps.iter().any(|step| step.ask == asked));
            assert!(!seen.contains(&&register.id), "{}", register.id);
            seen.push(&register.id);
        }
    }
}

#[test]
fn a_new_item_starts_in_at_most_one_stage_and_only_the_first() {
    for register in builtin().registers() {
        let starts: Vec<usize> = (0..register.stages.len())
            .filter(|place| register.stages[*place].starts)
            .collect();
        assert!(starts.is_empty() || starts == [0], "{}", register.id);
        let unstaged = starts.is_empty() && !register.stages.is_empty();
        assert_eq!(unstaged, !register.unstaged.is_empty(), "{}", register.id);
    }
}

/// The number of lines of `text` when wrapped between words.
fn wrapped(text: &str) -> usize {
    let mut lines = 0;
    let mut used = LINE;
    for word in text.split_whitespace() {
        let wide = text::width(word);
        if used + 1 + wide > LINE {
            lines += 1;
            used = wide;
        } else {
            used += 1 + wide;
        }
    }
    lines
}

fn ids(catalog: &Catalog) -> String {
    let mut text = String::new();
    for practice in catalog.practices() {
        let cadence = match practice.cadence {
            Cadence::Weekly => "weekly",
            Cadence::Monthly => "monthly",
            Cadence::Standing => "standing",
        };
        writeln!(text, "{}, {cadence}", practice.id).expect("a string takes it");
        for step in &practice.steps {
            let ask = match &step.ask {
                Ask::Answer(kind) => asked(kind),
                Ask::Register(register) => format!("items of {register}"),
            };
            writeln!(text, "  step {}: {ask}", step.id).expect("a string takes it");
        }
        for register in &practice.registers {
            write_register(&mut text, register);
        }
    }
    text
}

fn write_register(text: &mut String, register: &Register) {
    writeln!(text, "  register {}", register.id).expect("a string takes it");
    for field in &register.fields {
        writeln!(text, "    field {}: {}", field.id, asked(&field.kind))
            .expect("a string takes it");
    }
    for stage in &register.stages {
        writeln!(text, "    stage {}", stage.id).expect("a string takes it");
    }
    for preset in &register.presets {
        let values: Vec<String> = preset
            .values
            .iter()
            .map(|(field, value)| format!("{field} = {value}"))
            .collect();
        let values = values.join(", ");
        writeln!(text, "    preset {}: {values}", preset.id).expect("a string takes it");
    }
}

fn asked(kind: &FieldKind) -> String {
    let name = match kind {
        FieldKind::Line => "line",
        FieldKind::Prose => "prose",
        FieldKind::Scale(_) => "scale",
        FieldKind::Checklist(_) => "checklist",
        FieldKind::Choice(_) => "choice",
        FieldKind::Choices(_) => "choices",
        FieldKind::Date => "date",
        FieldKind::NearDate => "near-date",
        FieldKind::Person => "person",
        FieldKind::Link => "link",
        FieldKind::Log => "log",
    };
    let mut ids: Vec<&str> = kind
        .choices()
        .iter()
        .map(|choice| choice.id.as_str())
        .collect();
    if let FieldKind::Choice(options) | FieldKind::Choices(options) = kind
        && options.open
    {
        ids.push("or own words");
    }
    if ids.is_empty() {
        name.to_owned()
    } else {
        format!("{name} of {}", ids.join(", "))
    }
}

fn practice<'a>(catalog: &'a Catalog, id: &str) -> &'a Practice {
    catalog.practice(id).expect("a practice")
}

fn step<'a>(practice: &'a Practice, id: &str) -> &'a Step {
    practice.step(id).expect("a step")
}

fn kind(step: &Step) -> &FieldKind {
    match &step.ask {
        Ask::Answer(kind) => kind,
        Ask::Register(register) => unreachable!("{} asks for {register}", step.id),
    }
}

fn field<'a>(catalog: &'a Catalog, register: &str, field: &str) -> &'a FieldKind {
    let register = catalog.register(register).expect("a register");
    &register.field(field).expect("a field").kind
}

fn labels(choices: &[Choice]) -> Vec<&str> {
    choices.iter().map(|choice| choice.label.as_str()).collect()
}

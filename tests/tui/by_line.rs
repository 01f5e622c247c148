//! All that the screens can do can be done by line: for people who cannot see a screen.

use leadby::app::keys::{Action, TABLE};
use leadby::cli;

/// How to do by line what a key does.
enum ByLine {
    /// A command, and the option or argument that does it; empty if the command alone does.
    Command(&'static str, &'static str),
    /// It only moves, types, shows or hides something on a screen.
    OnScreenOnly,
}

/// The option of `leadby check-in` for how a commitment went.
fn outcome(action: Action) -> &'static str {
    match action {
        Action::Kept => "kept",
        Action::Missed => "missed",
        _ => "moved",
    }
}

/// How to do each action by line: a new one does not compile without an arm here.
fn by_line(action: Action) -> ByLine {
    use ByLine::{Command, OnScreenOnly};
    match action {
        Action::Walk => Command("walk", "plain"),
        Action::Practice(_) | Action::Profile | Action::Talk => Command("walk", "practices"),
        Action::WeekPages => Command("walk", "week"),
        Action::WrapUpMonth => Command("walk", "month"),
        Action::DismissMonth => Command("answer", "empty"),
        Action::CheckIn => Command("check-in", ""),
        Action::Kept | Action::Missed | Action::Moved => Command("check-in", outcome(action)),
        Action::Commit => Command("commit", ""),
        Action::CommitFrom => Command("commit", "from"),
        Action::Suggestion | Action::Convert => Command("turn-into", ""),
        Action::Add | Action::ProblemFor | Action::SkillFor => Command("add", ""),
        // To the list of joined names.
        Action::JoinNames => Command("add", "assignments"),
        Action::Edit | Action::Continue | Action::Save => Command("edit", "assignments"),
        Action::Delete => Command("delete", ""),
        Action::Advance => Command("advance", ""),
        Action::PreviousStage => Command("advance", "back"),
        Action::LetGo => Command("let-go", ""),
        Action::WeekOff => Command("off", ""),
        Action::Settle | Action::Take(_) | Action::TakeBoth => Command("settle", "take"),
        Action::Undo | Action::UndoInForm => Command("undo", ""),
        Action::Redo => Command("redo", ""),
        Action::RestoreLines => Command("restore", ""),
        // On a list of marks it is an answer; in the portfolio it includes or leaves out.
        Action::Toggle => Command("portfolio", "include"),
        Action::Portfolio => Command("portfolio", ""),
        Action::FirstPage => Command("portfolio", "first"),
        Action::MoveUp => Command("portfolio", "up"),
        Action::MoveDown => Command("portfolio", "down"),
        Action::Ladder | Action::ChooseExpectation => Command("ladder", ""),
        Action::ChangeSpan => Command("portfolio", "since"),
        Action::Export => Command("portfolio", "output"),
        Action::ShortenNames => Command("portfolio", "initials"),
        Action::NextReader => Command("portfolio", "audience"),
        Action::MonthSentences => Command("portfolio", "sentences"),
        Action::FirstPageAlone => Command("portfolio", "pages"),
        Action::Preview | Action::Copy => Command("show", "page"),
        Action::OpenLinked | Action::Open => Command("show", ""),
        Action::History => Command("history", ""),
        Action::Compare => Command("answers", "diff"),
        Action::Trends => Command("trends", ""),
        Action::Review | Action::Summary => Command("review", ""),
        Action::ZoomOut | Action::ZoomIn => Command("review", "quarter"),
        Action::CatchNote => Command("note", ""),
        Action::PlaceInAnswer => Command("place", "answer"),
        Action::PlaceInList => Command("place", "list"),
        Action::PlaceAsEvidence => Command("place", "evidence"),
        Action::Problems
        | Action::Inbox
        | Action::Lists
        | Action::People
        | Action::Commitments
        | Action::Timeline => Command("list", ""),
        Action::EditText => Command("edit", ""),
        Action::Evidence => Command("evidence", "week"),
        // Through a pipe, into `answer`, `add` or `note`.
        Action::TakeEvidence | Action::AddEvidence | Action::NoteEvidence => Command("evidence", "text"),
        Action::Search | Action::Find => Command("search", ""),
        Action::About => Command("where", ""),
        Action::Themes => Command("config", ""),
        Action::MoveInEvidence(_)
        | Action::CloseEvidence
        | Action::Earlier
        | Action::Later
        | Action::Sort
        | Action::ApplyFilter
        | Action::ClearFilter
        | Action::Up
        | Action::Down
        | Action::Left
        | Action::Right
        | Action::First
        | Action::Last
        | Action::NextField
        | Action::AllFields
        | Action::PreviousField
        | Action::PreviousPage
        | Action::Complete
        | Action::CopyLast
        | Action::Confirm
        | Action::Back
        | Action::Help
        | Action::Palette
        | Action::Quit
        | Action::QuitNow
        | Action::Suspend
        | Action::Repaint
        // Drafts are of texts that were being typed on a screen.
        | Action::ResumeDraft
        | Action::DiscardDraft
        | Action::UndoTyping
        | Action::RedoTyping
        | Action::LineStart
        | Action::LineEnd
        | Action::WordLeft
        | Action::WordRight
        | Action::CutToStart
        | Action::CutToEnd
        | Action::CutWord
        | Action::CutNextWord
        | Action::PasteDeleted => OnScreenOnly,
    }
}

#[test]
fn whatever_a_key_does_can_be_done_by_line() {
    let program = cli::command();
    for binding in TABLE {
        let ByLine::Command(name, argument) = by_line(binding.action) else {
            continue;
        };
        let command = program.find_subcommand(name);
        let command = command.unwrap_or_else(|| panic!("{:?}: no {name}", binding.action));
        let has_it = argument.is_empty()
            || command
                .get_arguments()
                .any(|one| one.get_id().as_str() == argument);
        assert!(has_it, "{:?}: {name} has no {argument}", binding.action);
    }
}

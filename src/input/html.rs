//! HTML → text with its structure as marks: blocks as lines, `# ` headings, `• ` and
//! `1. ` items, `| cell |` rows; a short line that is wholly bold is kept as `**line**`.
//!
//! Works on the stream of tags and needs no tree, so that its cost grows linearly
//! whatever the nesting.

mod page;
mod tags;

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use page::Page;
pub(crate) use tags::{Tags, tags};

/// What the converter is told about its input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A field with block elements: line breaks in the source mean nothing.
    Blocks,
    /// A field with inline tags and `<br>` only: its own line breaks are kept.
    Lines,
    /// A whole page: navigation, header and footer of the site are dropped.
    WholePage,
}

/// A converted page or field.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Converted {
    /// The text, to be read as Markdown.
    pub text: String,
    /// What `<title>` says, empty if nothing.
    pub title: String,
}

/// Converts HTML. What a browser would not show is dropped.
pub(crate) fn convert(html: &str, kind: Kind) -> Converted {
    let mut page = Page::new(kind, html.len());
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| {
        page.handle(&event);
        None::<Infallible>
    });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    page.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structure_survives_as_marks() {
        let cases = [
            (
                "<p>One.</p><p>Two &amp; three.</p>",
                "One.\n\nTwo & three.\n",
            ),
            (
                "<h2>Your <i>work</i></h2>\n<div>Lead\n  it</div>",
                "## Your work\n\nLead it\n",
            ),
            (
                "We:<ul><li>plan</li><li><p>ship</p></li></ul>After",
                "We:\n\n• plan\n• ship\n\nAfter\n",
            ),
            (
                "<ol><li>one<ul><li>deep</li></ul></li><li>two</ol>",
                "1. one\n  • deep\n2. two\n",
            ),
            ("a<br>b<br/><br>c", "a\nb\n\nc\n"),
            (
                "<p><b>What you do</b></p><p>Own <b>all</b> of it.</p>",
                "**What you do**\n\nOwn **all** of it.\n",
            ),
            ("x<script>var a='<p>';</script><style>p{}</style>y", "xy\n"),
            (
                "<p>shown</p><p hidden>not</p><p>more<div style='display: none'>a<div>b</div>c</div> text",
                "shown\n\nmore\n\ntext\n",
            ),
            (
                "<table><tr><th>Product</th><th>Project</th></tr><tr><td>vision</td><td>a|b</td></tr></table>",
                "| Product | Project |\n| --- | --- |\n| vision | a\\|b |\n",
            ),
            (
                "<table><tr><td><p>All</p><ul><li>of it</li></ul></td></tr></table>",
                "All\n\n• of it\n",
            ),
            ("<pre>a\n  b</pre>c", "a\n  b\n\nc\n"),
            ("co&shy;op&nbsp;&nbsp;runs", "coop runs\n"),
            ("<td>loose</td></ul></table></b>", "loose\n"),
            ("", ""),
        ];
        for (html, expected) in cases {
            let expected = expected.replace("Own **all** of", "Own all of");
            assert_eq!(convert(html, Kind::Blocks).text, expected, "{html}");
        }
    }

    #[test]
    fn own_line_breaks_are_kept_where_only_inline_tags_are() {
        let text = "Duties:<br>\nplan <b>well</b>\n\nship\n\n<strong>Skills</strong>\nnone";
        let expected = "Duties:\nplan well\n\nship\n\n**Skills**\nnone\n";
        assert_eq!(convert(text, Kind::Lines).text, expected);
    }

    #[test]
    fn a_page_loses_the_chrome_of_its_site() {
        let html = "<html><head><title>Product &amp; project</title></head><body><nav>Home<nav>x</nav></nav>\
                    <header>Login</header><main><header><h1>Two jobs</h1></header><p>Text</p></main>\
                    <footer>Imprint</footer></body>";
        let page = convert(html, Kind::WholePage);
        assert_eq!(page.text, "# Two jobs\n\nText\n");
        assert_eq!(page.title, "Product & project");
    }

    #[test]
    fn nesting_costs_no_more_than_length() {
        let html = "<div><table><tr><td><ul><li>".repeat(40_000);
        assert_eq!(convert(&html, Kind::Blocks).text, "");
    }
}

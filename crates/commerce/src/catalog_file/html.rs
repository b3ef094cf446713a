//! HTML of a product description to plain text. For reading, not for safety: what comes out is text
//! and must still be escaped where it is shown.

/// The words of `html`, a line per block; scripts and styles are left out. Time grows with the
/// length alone, whatever the text.
pub(super) fn to_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    // Of the same length byte for byte, so that places in one are places in the other.
    let lower = html.to_ascii_lowercase();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|found| at + found) {
        push_words(&mut out, &html[at..open]);
        let rest = &html[open..];
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            out.push('<');
            at = open + 1;
            continue;
        }
        let Some(close) = rest.find('>') else {
            // No tag is closed from here on.
            at = open;
            break;
        };
        let name = tag_name(&rest[1..close]);
        at = match name.as_str() {
            _ if rest.starts_with("<!--") => after(html, open + 4, "-->"),
            "script" => after(&lower, open + close + 1, "</script"),
            "style" => after(&lower, open + close + 1, "</style"),
            _ => open + close + 1,
        };
        if matches!(name.as_str(), "script" | "style") {
            at = after(html, at, ">");
        }
        if is_block(name.trim_start_matches('/')) && !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
    }
    push_words(&mut out, &html[at..]);
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// The place behind the next `end` at or after `from`; the text's end when there is none.
fn after(text: &str, from: usize, end: &str) -> usize {
    text[from..].find(end).map_or(text.len(), |found| from + found + end.len())
}

fn tag_name(tag: &str) -> String {
    let name = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/');
    name.collect::<String>().trim_end_matches('/').to_ascii_lowercase()
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "br"
            | "div"
            | "li"
            | "ul"
            | "ol"
            | "tr"
            | "table"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "section"
            | "blockquote"
            | "hr"
            | "dd"
            | "dt"
            | "pre"
    )
}

/// Adds text with its entities read and its blanks made single.
fn push_words(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (read, length) = entity(rest).unwrap_or((c, c.len_utf8()));
        rest = &rest[length..];
        if !read.is_whitespace() {
            out.push(read);
        } else if !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
}

/// The character that `text` begins with when that is an entity, and the entity's length in bytes.
fn entity(text: &str) -> Option<(char, usize)> {
    let inner = text.strip_prefix('&')?;
    let end = inner.bytes().take(10).position(|b| b == b';')?;
    let name = &inner[..end];
    let read = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" | "rsquo" | "lsquo" => '\'',
        "ldquo" | "rdquo" => '"',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "pound" => '£',
        "euro" => '€',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "deg" => '°',
        "times" => '×',
        "eacute" => 'é',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            let c = char::from_u32(code)?;
            if crate::names::is_stray(c) { ' ' } else { c }
        }
    };
    Some((read, end + 2))
}

#[cfg(test)]
mod tests {
    use super::to_text;
    use proptest::prelude::*;

    #[test]
    fn blocks_become_lines_and_entities_characters() {
        for (html, text) in [
            ("", ""),
            ("plain   words\n here", "plain words here"),
            ("<p>One</p><p>Two<br>Three</p>", "One\nTwo\nThree"),
            ("<ul><li>a</li>\n<li><b>b</b>c</li></ul>", "a\nbc"),
            ("a &amp; b &lt;i&gt; &#163;5 &#x20AC;5&nbsp;&bogus;", "a & b <i> £5 €5 &bogus;"),
            ("x<script>alert('<p>')</script>y<STYLE>p{}</STYLE >z", "xyz"),
            ("a<!-- hidden > <b> -->b", "ab"),
            ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
            ("<!-->a--> b <a<b <c", "b <a<b <c"),
            ("<p", "<p"),
            ("<script>never closed", ""),
            ("&#0;&#8238;&#99999999;", "&#99999999;"),
        ] {
            assert_eq!(to_text(html), text, "{html}");
        }
    }

    /// Cells of 64 KiB made to be slow: a quadratic reading would take seconds each.
    #[test]
    fn hostile_text_takes_no_longer() {
        let started = std::time::Instant::now();
        for piece in ["<a", "<script></script>", "<!--", "<style>", "&#1", "<!-- -->", "< "] {
            to_text(&piece.repeat(65_536 / piece.len()));
        }
        assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    }

    proptest! {
        #[test]
        fn never_panics(html in "(<|>|/|!|-|&|#|;|p|script|é|\\PC){0,40}") {
            let text = to_text(&html);
            prop_assert!(text.trim() == text);
        }
    }
}

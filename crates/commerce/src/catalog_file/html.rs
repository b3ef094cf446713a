//! HTML of a product description to plain text. For reading, not for safety: what comes out is text
//! and must still be escaped where it is shown.

/// The words of `html`, a line per block; scripts and styles are left out.
pub(super) fn to_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        push_words(&mut out, &rest[..at]);
        rest = &rest[at..];
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        let Some(end) = rest.find('>').filter(|_| is_tag) else {
            push_words(&mut out, "<");
            rest = &rest[1..];
            continue;
        };
        let name = tag_name(&rest[1..end]);
        rest = if rest.starts_with("<!--") {
            rest.find("-->").map_or("", |close| &rest[close + 3..])
        } else {
            &rest[end + 1..]
        };
        if matches!(name.as_str(), "script" | "style") {
            let close = format!("</{name}");
            rest = rest.to_ascii_lowercase().find(&close).map_or("", |at| &rest[at..]);
        }
        if is_block(name.trim_start_matches('/')) && !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
    }
    push_words(&mut out, rest);
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
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
            ("<p", "<p"),
            ("<script>never closed", ""),
            ("&#0;&#8238;&#99999999;", "&#99999999;"),
        ] {
            assert_eq!(to_text(html), text, "{html}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(html in "(<|>|/|!|-|&|#|;|p|script|é|\\PC){0,40}") {
            let text = to_text(&html);
            prop_assert!(text.trim() == text);
        }
    }
}

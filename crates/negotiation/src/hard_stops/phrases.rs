//! The phrases that the text detectors look for, in the form that `phrase_form` gives: small
//! letters, no apostrophes, single spaces. Whole words only. Mild words are left out on purpose:
//! a customer who calls a price a rip-off is bargaining.

pub(super) const THREATS: &[&str] = &[
    "i will kill", "ill kill you", "kill you", "i will hurt", "ill hurt you", "hurt you",
    "i know where you live", "burn your", "burn down", "bomb", "blow up your", "shoot you",
    "stab you", "beat you up", "you will regret", "youll regret", "watch your back",
    "ich bringe dich um", "bring dich um", "ich bringe euch um", "umbringen", "ich töte",
    "töte dich", "ich weiß wo du wohnst", "ich weiß wo ihr wohnt", "ich weiss wo du wohnst",
    "zünde euren", "zünde deinen", "bombe", "du wirst es bereuen", "ihr werdet es bereuen",
    "je vais te tuer", "voy a matarte", "te voy a matar",
];

pub(super) const ABUSE: &[&str] = &[
    "fuck you", "fuck off", "fucking", "motherfucker", "asshole", "arsehole", "bastard", "bastards",
    "bitch", "cunt", "wanker", "dickhead", "piece of shit", "scumbag", "retard", "faggot",
    "nigger", "whore", "arschloch", "arschlöcher", "wichser", "hurensohn", "fick dich",
    "verpiss dich", "fotze", "missgeburt", "drecksau", "scheiß laden", "scheisskerl", "hure",
    "schlampe", "leck mich am arsch", "connard", "salope", "enculé", "va te faire foutre",
    "puta", "hijo de puta", "gilipollas", "cabrón",
];

pub(super) const LEGAL: &[&str] = &[
    "my lawyer", "my solicitor", "my attorney", "lawyer", "lawyers", "solicitor", "attorney",
    "sue you", "i will sue", "ill sue", "lawsuit", "legal action", "take you to court",
    "small claims", "trading standards", "consumer rights act", "class action", "gdpr request",
    "data protection complaint", "subject access request", "cease and desist",
    "mein anwalt", "meinem anwalt", "meinen anwalt", "anwalt", "rechtsanwalt", "verklagen",
    "verklage", "klage einreichen", "vor gericht", "rechtliche schritte", "abmahnung",
    "verbraucherzentrale", "verbraucherschutz", "dsgvo", "strafanzeige", "mon avocat",
    "mi abogado",
];

/// Phrases that only somebody talking to the machine writes.
const INJECTION: &[&str] = &[
    "system prompt", "developer mode", "jailbreak", "do anything now", "you are now",
    "act as if", "pretend to be", "pretend you are", "new instructions", "your instructions",
    "your programming", "override your", "bypass your", "reveal your", "reveal the floor",
    "your floor price", "your minimum price", "lowest price you are allowed", "as an ai",
    "language model", "admin mode", "administrator mode", "debug mode", "maintenance mode",
    "i am the owner of this shop", "i am your developer", "im your developer", "i am the admin",
    "i am an administrator", "set the price to", "set price to", "change the price to",
    "begin system", "end of prompt", "role system", "role assistant", "role staff",
    "systemprompt", "systemanweisung", "neue anweisungen", "deine anweisungen",
    "du bist jetzt", "tu so als", "tue so als", "verrate mir dein", "dein mindestpreis",
    "deine untergrenze", "setze den preis auf", "ich bin der inhaber", "ich bin der admin",
    "ich bin dein entwickler", "entwicklermodus", "als sprachmodell",
    "instructions précédentes", "tu es maintenant", "instrucciones anteriores", "ahora eres",
    "istruzioni precedenti", "instruções anteriores", "предыдущие инструкции",
    "игнорируй", "忽略之前的指令", "忽略以上", "以前の指示を無視", "이전 지시를 무시",
    "تجاهل التعليمات",
];

/// A verb of this list with an object of the next, both in one message: "ignore all the previous
/// very strict rules".
const INJECTION_VERBS: &[&str] = &[
    "ignore", "disregard", "forget", "override", "bypass", "skip", "ignoriere", "ignorier",
    "vergiss", "missachte", "umgehe", "ignorez", "ignore", "oublie", "oubliez", "ignora",
    "olvida", "dimentica", "esqueça", "zignoruj", "negeer",
];
const INJECTION_OBJECTS: &[&str] = &[
    "instructions", "instruction", "rules", "guidelines", "prompt", "prompts", "guardrails",
    "constraints", "limits", "limit", "policy", "anweisungen", "anweisung", "regeln", "vorgaben",
    "befehle", "grenzen", "règles", "consignes", "instrucciones", "reglas", "istruzioni",
    "regole", "instruções", "regras", "instrukcje", "zasady", "instructies", "regels", "floor",
    "untergrenze",
];

/// Scripts that put no spaces between words are looked for without them.
fn has(text: &str, phrase: &str) -> bool {
    if phrase.chars().any(|c| matches!(c, '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')) {
        let bare = |s: &str| s.chars().filter(|c| *c != ' ').collect::<String>();
        return bare(text).contains(&bare(phrase));
    }
    text.contains(&format!(" {phrase} "))
}

pub(super) fn is_injection(plain: &str, folded: &str) -> bool {
    [plain, folded].into_iter().any(|text| {
        INJECTION.iter().any(|phrase| has(text, phrase))
            || (INJECTION_VERBS.iter().any(|verb| has(text, verb))
                && INJECTION_OBJECTS.iter().any(|object| has(text, object)))
    })
}

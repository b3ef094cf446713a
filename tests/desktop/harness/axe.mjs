// What axe is asked, on the window's pages and on the shop's alike: WCAG 2.2 AA, every violation.

/** A function body: its last argument is called with the violations, or with `{ error }`. */
export const violations = `
  const done = arguments[arguments.length - 1];
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  // what fades or slides in is judged once it stands; a spinner never ends
  const moving = document.getAnimations().filter((each) => Number.isFinite(each.effect?.getComputedTiming().endTime));
  const still = Promise.allSettled(moving.map((each) => each.finished));
  const soon = new Promise((resolve) => setTimeout(resolve, 2000));
  Promise.race([still, soon]).then(() => axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })).then(
    ({ violations }) => done(violations.map((each) => ({
      rule: each.id,
      impact: each.impact,
      help: each.help,
      where: each.nodes.slice(0, 5).map((node) => node.target.join(" ") + " :: " + (node.failureSummary ?? "").split("\\n").slice(1, 2).join(" ")),
    }))),
    (error) => done({ error: String(error) }),
  );
`;

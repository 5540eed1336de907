import { checkProgress } from "../../../web/src/lib/check-progress.ts";
import {
	doctorSentence,
	type Finding,
	findingsByArea,
	problemsBeside,
} from "../../../web/src/lib/order-findings.ts";
import { peopleSentence, roleCounts } from "../../../web/src/lib/order-people.ts";
import { splitTypedWords } from "../../../web/src/lib/split-typed-words.ts";
import { knownPeople } from "../support/people.ts";

const finding = (area: Finding["area"], verdict: Finding["verdict"], text = "words"): Finding => ({
	area,
	name: "part",
	verdict,
	text,
});

test.each([
	[[], 0, "Nothing was checked."],
	[["ok", "off"], 0, "Everything works."],
	[["ok", "fail"], 0, "One thing is broken."],
	[["fail", "fail", "warn"], 0, "Two things are broken, one needs a look."],
	[["warn", "ok"], 0, "Nothing is broken, one thing needs a look."],
	[["warn", "ok"], 1, "Nothing is broken, two things need a look."],
	[["ok"], 1, "Nothing is broken, one thing needs a look."],
] as const)("findings %p with %d problems beside them: %s", (verdicts, beside, sentence) => {
	expect(
		doctorSentence(
			verdicts.map((verdict) => finding("store", verdict)),
			beside,
		),
	).toBe(sentence);
});

test("the area with something broken comes first, the others keep their order", () => {
	const found = [
		finding("store", "warn"),
		finding("disk", "warn"),
		finding("slack", "warn"),
		finding("slack", "fail"),
	];
	const areas = findingsByArea(found, ["fail", "warn"]);
	expect(areas.map(({ title, findings }) => [title, ...findings.map(({ verdict }) => verdict)])).toEqual([
		["Slack", "fail", "warn"],
		["Store", "warn"],
		["Disk", "warn"],
	]);
});

test("a problem is left out only where a finding that is not fine says it", () => {
	const problem = "Watch a: no series.";
	expect(problemsBeside([problem], [finding("metrics", "warn", "no series.")])).toEqual([]);
	expect(problemsBeside([problem], [finding("metrics", "ok", "no series.")])).toEqual([problem]);
});

test.each([
	["Set SLACK_BOT_TOKEN as docs/slack.md says.", ["SLACK_BOT_TOKEN", "docs/slack.md"]],
	["Correct it in smartcloudops.yaml, then npm run doctor.", ["smartcloudops.yaml", "npm run doctor"]],
	["Type /invite with the app's name.", ["/invite"]],
	["A PLAIN sentence/opsession about https://example.org/ops.", []],
	["", []],
])("in %p what is typed is %p, and nothing is lost", (text, typed) => {
	const pieces = splitTypedWords(text);
	expect(pieces.filter((piece) => piece.typed).map((piece) => piece.text)).toEqual(typed);
	expect(pieces.map((piece) => piece.text).join("")).toBe(text);
});

test("a check says more the longer it takes", () => {
	expect(checkProgress(0.9)).toBe("");
	expect(checkProgress(1)).toMatch(/^Asking/);
	expect(checkProgress(8)).toMatch(/^8 s; .* within 15 s/);
	expect(checkProgress(31)).toMatch(/^31 s, longer than usual/);
});

test("who may decide is said in words, and nobody is not none", () => {
	expect(peopleSentence(knownPeople())).toBe("Three people may decide.");
	expect(peopleSentence([])).toBe("Nobody may decide.");
	expect(roleCounts(knownPeople(1200))).toBe("2 admins, 1 operator, 1 viewer, 1,200 guests");
	expect(roleCounts([])).toBe("");
});

import { createOfflineInvestigator } from "../../../src/agent/offline/offline-investigator.ts";
import { ASKER, NOW_MS, questionWorld, TIME_ZONE } from "../../fakes/question-world.ts";
import { CASES } from "./question-cases.ts";

/** Answers a text typed as a command, or said to the bot. */
async function asking() {
	const offline = createOfflineInvestigator(await questionWorld({ leaking: true }));
	return (text: string, typed: { readonly asCommand?: true } = { asCommand: true }) =>
		offline.answer({
			text,
			asker: ASKER,
			conversation: `${text}${typed.asCommand}`,
			nowMs: NOW_MS,
			timeZone: TIME_ZONE,
			...typed,
		});
}

test.each(["unlink", "/ops unlink", "freeze", "freeze all", "config export", "xyz", "foo bar", "incidnets"])(
	"the command %p, which does not exist, is not taken for the nearest question",
	async (text) => {
		const ask = await asking();
		expect(await ask(text)).toMatchObject({
			verdict: "not_understood",
			text: `I don't know the command "${text.replace("/ops ", "")}"; help lists those there are.`,
			facts: [],
		});
	},
);

test.each([
	["cpu", /^CPU of this host is/],
	["checkout", /^INC-7 is open/],
	["chekout", /^INC-7 is open/],
	["INC-99", /^There is no incident INC-99\.$/],
	["restart", /To request a restart, write/],
	["restart checkout", /^Restart checkout is requested/],
	["stop checkout", /^I can't stop anything from here/],
	["approve A-1", /^Nothing was decided/],
	["why", /^INC-7/],
	["logs", /^I can't answer questions about logs/],
	["??", /^There was no question in that\./],
	["xyz of the whole thing", /^(?!I don't know the command)/],
])("the command %p names something known, so it is answered as a question", async (text, expected) => {
	const ask = await asking();
	expect((await ask(text)).text).toMatch(expected);
});

test("incidents lists incidents, also those that are over", async () => {
	const ask = await asking();
	const listed = (await ask("list incidents")).text;
	expect(listed).toMatch(/^2 incidents, 1 open\./);
	expect((await ask("incidents")).text).toBe(listed);
	expect((await ask("incidents", {})).text).toBe(listed);
});

test("what is said to the bot goes on to be a question, however short", async () => {
	const ask = await asking();
	expect((await ask("xyz", {})).text).toMatch(/did not understand the question/);
	expect((await ask("uplnik", {})).text).toMatch(/network traffic of this host/);
});

test("of the short questions that are understood, only one with nothing but a mistyped word is no command", async () => {
	const ask = await asking();
	const refused: string[] = [];
	const short = CASES.phrasings.filter(
		({ kind, text }) => kind !== "out-of-scope" && text.split(" ").length <= 2,
	);
	expect(short.length).toBeGreaterThan(10);
	for (const { text } of short)
		if ((await ask(text)).text.startsWith("I don't know the command")) refused.push(text);
	expect(refused).toEqual(["staus pls"]);
});

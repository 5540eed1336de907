import { parseMessage, readWritten } from "../../../../handlers/teams/intake/parse-message.ts";
import { Activity } from "../../../../handlers/teams/intake/read-activity.ts";

const BOT = "28:app";

function channelMessage(text: string, mentions: readonly (readonly [id: string, mark: string])[]) {
	return Activity.parse({
		type: "message",
		channelId: "msteams",
		serviceUrl: "https://smba.trafficmanager.net/emea/",
		from: { id: "29:olga" },
		conversation: { id: "19:ops@thread.tacv2", conversationType: "channel" },
		text,
		entities: [
			{ type: "clientInfo" },
			...mentions.map(([id, mark]) => ({ type: "mention", text: mark, mentioned: { id } })),
		],
	});
}

const said = (text: string) => ({ kind: "said", text });

it.each([
	["at the beginning", "<at>Ops</at> cpu of checkout", "cpu of checkout"],
	["in the middle", "hey <at>Ops</at> cpu of checkout", "hey   cpu of checkout"],
	["at the end, with a hard space", "cpu of checkout&nbsp;<at>Ops</at>", "cpu of checkout"],
])("our own mention %s is not part of what was said", (_, text, expected) => {
	expect(parseMessage(channelMessage(text, [[BOT, "<at>Ops</at>"]]), BOT)).toEqual(said(expected));
});

it("case 37: who is meant goes by id: a person of our name stays in the text", () => {
	const text = "<at>Ops</at> what did <at>Ops</at> do";
	const mark = "<at>Ops</at>";
	expect(
		parseMessage(
			channelMessage(text, [
				[BOT, mark],
				["29:ops", mark],
			]),
			BOT,
		),
	).toEqual(said("what did Ops do"));
	expect(
		parseMessage(
			channelMessage(text, [
				["29:ops", mark],
				[BOT, mark],
			]),
			BOT,
		),
	).toEqual(said("Ops what did   do"));
	expect(parseMessage(channelMessage("<at>Ops</at> hello", [["29:ops", mark]]), BOT)).toBeUndefined();
});

it("a mention that stands only in the text mentions nobody", () => {
	expect(parseMessage(channelMessage("<at>Ops</at> hello", []), BOT)).toBeUndefined();
});

it("a mention alone is answered with what can be said", () => {
	expect(parseMessage(channelMessage("<at>Ops</at> ", [[BOT, "<at>Ops</at>"]]), BOT)).toEqual({
		kind: "command",
		text: "help",
	});
});

it.each([
	["/ops watches", "command", "watches"],
	["/OPS watches", "command", "watches"],
	["/watches", "command", "watches"],
	["  /ops", "command", ""],
	["/ops link ABCD", "command", "link ABCD"],
	["demo break checkout leak", "command", "demo break checkout leak"],
	["digest now", "command", "digest now"],
	["link 12345-ABCDE", "command", "link 12345-ABCDE"],
	["/opsy", "command", "opsy"],
	["what does /ops do", "said", "what does /ops do"],
	["cpu of checkout", "said", "cpu of checkout"],
])("%j is a %s", (text, kind, expected) => {
	expect(readWritten(text)).toEqual({ kind, text: expected });
});

it("more than 20,000 characters are not read", () => {
	expect(readWritten("a".repeat(20_000))).toMatchObject({ kind: "said" });
	expect(() => readWritten("a".repeat(20_001))).toThrow(/longer than 20,000 characters/);
});

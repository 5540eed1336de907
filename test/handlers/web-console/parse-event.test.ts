import { parseEvent } from "../../../handlers/web-console/parse-event.ts";
import { byOlga } from "../support/samples.ts";

const conversation = { platform: "web-console", id: "console" };
const audience = { kind: "private", channel: conversation } as const;
const parse = (body: unknown) => parseEvent(body, byOlga, conversation);

test.each([
	["what is wrong now?"],
	[""],
	["approve A-1"],
	["digest of yesterday"],
	["demonstrate the cpu"],
	["a/b"],
	["x".repeat(20_000)],
])("%.30j is something said, as it was typed", (text) => {
	expect(parse({ text })).toEqual({ kind: "said", conversation, audience, actor: byOlga, text });
});

test.each([
	["/ops watches", "watches"],
	["/watches", "watches"],
	["  /ops   demo break checkout leak ", "demo break checkout leak"],
	["demo break checkout leak", "demo break checkout leak"],
	["digest now", "digest now"],
	[" link 12345-ABCDE ", "link 12345-ABCDE"],
	["/", ""],
	["/ops", ""],
	["/opsx", "opsx"],
])("%j is the command %j", (text, command) => {
	expect(parse({ text })).toEqual({ kind: "command", conversation, audience, actor: byOlga, text: command });
});

test.each([
	["no text", {}],
	["a number", { text: 1 }],
	["more fields", { text: "x", actor: { kind: "person", person: { role: "admin" } } }],
	["a decision", { approvalId: "A-1", verdict: "approve" }],
	["another conversation", { text: "x", conversation: { platform: "slack", id: "C1" } }],
	["too long a text", { text: "x".repeat(20_001) }],
	["nothing", undefined],
])("%s is refused", (_what, body) => {
	expect(() => parse(body)).toThrow(expect.objectContaining({ code: "invalid" }));
});

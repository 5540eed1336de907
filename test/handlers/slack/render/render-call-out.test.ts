import { lintMessage } from "../../../../handlers/slack/render/lint-message.ts";
import { renderMessage } from "../../../../handlers/slack/render/render-message.ts";
import { chatMessage } from "../../../../src/domain/chat-message.ts";

const options = { nowMs: Date.UTC(2026, 10, 20), timeZone: "UTC" };
const rendered = (callOut: Readonly<Record<string, string>>) => {
	const [message] = renderMessage(
		chatMessage({ title: "checkout: a restart did not help", callOut }),
		options,
	);
	return message ?? { text: "", blocks: [] };
};

test.each([
	["S0123ABC", { type: "usergroup", usergroup_id: "S0123ABC" }],
	["U0123ABC", { type: "user", user_id: "U0123ABC" }],
])(
	"the on-call handle %s of the configuration is mentioned by id, and the lint lets it through",
	(id, element) => {
		const { blocks, text } = rendered({ slack: id, teams: "29:other" });
		expect(blocks.find((block) => block.block_id === "call-out")).toMatchObject({
			elements: [{ elements: [element, { type: "text" }] }],
		});
		expect(lintMessage(blocks, text)).toEqual([]);
	},
);

test.each(["", "@here", "<!channel>", "C0123ABC", "U0123 <!here>"])("%p mentions nobody", (id) => {
	expect(rendered({ slack: id }).blocks.some((block) => block.block_id === "call-out")).toBe(false);
});

test("case 36: a mention anywhere else is still refused by the lint", () => {
	const { blocks, text } = rendered({ slack: "S0123ABC" });
	const moved = blocks.map((block) => ({ ...block, block_id: `${block.block_id ?? ""}-moved` }));
	expect(lintMessage(moved, text)).not.toEqual([]);
});

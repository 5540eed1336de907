import type { types } from "@slack/bolt";
import type { Button, ChatMessage } from "../../../src/domain/chat-message.ts";
import { listProblem } from "../../../src/use-cases/plan-view.ts";
import { LIMITS, SHARES } from "../limits.ts";
import { fitLine } from "./escape-text.ts";
import { ACTIONS, actionName, type KnownBlock } from "./slack-message.ts";

/** An address of the console for a path of ours; undefined for anything that leads elsewhere, or without a console. */
export function consoleAddress(path: string, consoleUrl: string | undefined): string | undefined {
	if (consoleUrl === undefined || !/^\/(?![/\\])/.test(path)) return undefined;
	const address = URL.parse(`${consoleUrl.replace(/\/+$/, "")}${path}`);
	if (!address || address.origin !== URL.parse(consoleUrl)?.origin) return undefined;
	return address.href.length > LIMITS.urlCharacters || /[<>|]/.test(address.href) ? undefined : address.href;
}

/** The buttons of a message in one row, then the questions one press away. What would not work is left out. */
export function renderButtons(message: ChatMessage, consoleUrl: string | undefined): KnownBlock[] {
	const room = { left: SHARES.buttons };
	const { plan } = message;
	const cut = plan?.targets && listProblem(plan.targets.count, consoleAddress(plan.targets.path, consoleUrl));
	const buttons = message.buttons.filter(({ action }) => action !== "approve" || cut === undefined);
	const drawn = [...buttons.map((button) => renderButton(button, consoleUrl)), evidenceButton(message)];
	const suggestions = message.suggestions
		.slice(0, SHARES.suggestions)
		.map((text) => renderButton({ action: "say", label: text, text }, consoleUrl));
	return [...row("actions", drawn, room), ...row("suggestions", suggestions, room)];
}

function renderButton(button: Button, consoleUrl: string | undefined): types.Button | undefined {
	switch (button.action) {
		case "approve":
			return {
				...base(ACTIONS.approve, button.label, `, request ${button.approvalId}`),
				value: button.approvalId,
				style: "primary",
			};
		case "deny":
			return {
				...base(ACTIONS.deny, button.label, `, request ${button.approvalId}`),
				value: button.approvalId,
			};
		case "say":
			return { ...base(ACTIONS.say, button.label), value: button.text };
		case "open": {
			const url = consoleAddress(button.path, consoleUrl);
			return url === undefined ? undefined : { ...base(ACTIONS.open, button.label), url };
		}
	}
}

function evidenceButton({ subject, queries, plan }: ChatMessage): types.Button | undefined {
	if (!subject?.path.startsWith("/incidents/") || (queries.length === 0 && !plan)) return undefined;
	return { ...base(ACTIONS.evidence, plan ? "Queries and checks" : "Queries"), value: subject.id };
}

function base(actionId: string, label: string, spoken = ""): types.Button {
	const text = fitLine(label, SHARES.buttonLabel) || "…";
	return {
		type: "button",
		action_id: actionId,
		text: { type: "plain_text", text, emoji: false },
		accessibility_label: fitLine(`${text}${spoken}`, SHARES.buttonLabel),
	};
}

function row(
	blockId: string,
	buttons: readonly (types.Button | undefined)[],
	room: { left: number },
): KnownBlock[] {
	const elements: types.Button[] = [];
	for (const button of buttons) {
		if (!button || (button.value ?? "-").length > LIMITS.buttonValueCharacters || button.value === "")
			continue;
		const cost = JSON.stringify(button).length;
		if (cost > room.left) continue;
		room.left -= cost;
		const number =
			elements.filter(({ action_id = "" }) => actionName(action_id) === button.action_id).length + 1;
		elements.push(number === 1 ? button : { ...button, action_id: `${button.action_id}.${number}` });
	}
	return elements.length === 0 ? [] : [{ type: "actions", block_id: blockId, elements }];
}

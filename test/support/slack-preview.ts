import type { KnownBlock, ModalView, SlackMessage } from "../../handlers/slack/render/slack-message.ts";

/** What a preview shows: a message of ours as it stands in a channel, or a form on top of it. */
export type SlackScene = {
	readonly messages?: readonly SlackMessage[];
	readonly view?: ModalView;
	/** Only one person sees it. */
	readonly ephemeral?: boolean;
	/** When it was posted, such as `02:36`. */
	readonly clock: string;
	/** Pictures by file id, as data addresses. */
	readonly pictures?: Readonly<Record<string, string>>;
};

type Node = Readonly<Record<string, unknown>>;

/**
 * A page that shows messages about as Slack does. Ours, not Slack's: details differ. It needs nothing from outside, and
 * throws for a block it does not know, so that nothing is left out of a picture unseen.
 */
export function slackPage(scene: SlackScene, theme: "light" | "dark"): string {
	const pictures = scene.pictures ?? {};
	const body = scene.view
		? viewHtml(scene.view, pictures)
		: (scene.messages ?? []).map((message) => messageHtml(message.blocks, scene, pictures)).join("");
	return `<!doctype html><html lang="en" class="${theme}"><head><meta charset="utf-8"><title>Slack preview</title><style>${CSS}</style></head><body><main>${body}</main></body></html>`;
}

function messageHtml(
	blocks: readonly KnownBlock[],
	scene: SlackScene,
	pictures: Readonly<Record<string, string>>,
) {
	const note = scene.ephemeral ? `<p class="only">Only visible to you</p>` : "";
	return `<article><div class="face" aria-hidden="true"><svg viewBox="0 0 36 36" width="36" height="36"><path d="M6 18h6l4-9 5 18 3-9h6" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linejoin="round" stroke-linecap="round"/></svg></div><div class="body"><p class="by"><b>SmartCloudOps</b> <span class="app">app</span> <time>${escapeHtml(scene.clock)}</time></p>${note}${blocks.map((block) => blockHtml(block as unknown as Node, pictures)).join("")}</div></article>`;
}

function viewHtml(view: ModalView, pictures: Readonly<Record<string, string>>): string {
	const blocks = view.blocks.map((block) => blockHtml(block as unknown as Node, pictures)).join("");
	const buttons = [
		...(view.close ? [`<span class="button">${escapeHtml(view.close.text)}</span>`] : []),
		...(view.submit ? [`<span class="button primary">${escapeHtml(view.submit.text)}</span>`] : []),
	];
	return `<section class="view"><h1>${escapeHtml(view.title.text)}</h1><div class="content">${blocks}</div><footer>${buttons.join("")}</footer></section>`;
}

function blockHtml(block: Node, pictures: Readonly<Record<string, string>>): string {
	switch (block.type) {
		case "header":
			return `<h2>${textHtml(block.text as Node)}</h2>`;
		case "context":
			return `<p class="context">${nodes(block.elements).map(textHtml).join(" ")}</p>`;
		case "section":
			return block.fields
				? `<div class="fields">${nodes(block.fields)
						.map((field) => `<p>${textHtml(field)}</p>`)
						.join("")}</div>`
				: `<p>${textHtml(block.text as Node)}</p>`;
		case "image": {
			const source = pictures[(block.slack_file as { id: string }).id];
			if (source === undefined) throw new Error("A picture is missing.");
			return `<img alt="${escapeHtml(String(block.alt_text))}" src="${source}">`;
		}
		case "rich_text":
			return nodes(block.elements).map(richHtml).join("");
		case "actions":
			return `<p class="actions">${nodes(block.elements).map(buttonHtml).join("")}</p>`;
		case "table":
			return tableHtml(block);
		case "input":
			return inputHtml(block);
		default:
			throw new Error(`The preview does not know blocks of type ${String(block.type)}.`);
	}
}

function buttonHtml({ text, style }: Node): string {
	return `<span class="button${style === "primary" ? " primary" : ""}">${textHtml(text as Node)}</span>`;
}

function inputHtml({ label, hint, element }: Node): string {
	const most = String((element as Node).max_length);
	return `<div class="input"><b>${textHtml(label as Node)}</b><div class="area"></div><p class="context">${textHtml(hint as Node)} Up to ${most} characters.</p></div>`;
}

function tableHtml({ rows, column_settings }: Node): string {
	const settings = nodes(column_settings);
	const cell = (node: Node, index: number) => {
		const inner =
			node.type === "rich_text" ? nodes(node.elements).map(richHtml).join("") : escapeHtml(String(node.text));
		const look = `${settings[index]?.align === "right" ? "right" : "left"}${settings[index]?.is_wrapped ? "" : " whole"}`;
		return `<td class="${look}">${inner}</td>`;
	};
	const body = (rows as Node[][]).map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("");
	return `<div class="scroll"><table>${body}</table></div>`;
}

function richHtml(part: Node): string {
	const inner = nodes(part.elements).map(pieceHtml).join("");
	if (part.type === "rich_text_preformatted") return `<pre>${inner}</pre>`;
	if (part.type === "rich_text_section") return `<p>${inner}</p>`;
	throw new Error(`The preview does not know ${String(part.type)}.`);
}

function pieceHtml(piece: Node): string {
	const style = (piece.style ?? {}) as { bold?: boolean; code?: boolean };
	const words = piece.type === "date" ? readerTime(String(piece.fallback)) : String(piece.text);
	const text = escapeHtml(words);
	const coded = style.code ? `<code>${text}</code>` : text;
	return style.bold ? `<b>${coded}</b>` : coded;
}

function textHtml({ type, text }: Node): string {
	return type === "mrkdwn" ? mrkdwnHtml(String(text)) : escapeHtml(String(text));
}

/** Entities stay as they are: what was escaped for Slack is escaped for a browser too. */
function mrkdwnHtml(text: string): string {
	return text
		.replaceAll(/<!date\^\d+\^[^|]*\|([^>]*)>/g, (_all, words: string) => readerTime(words))
		.replaceAll(/<(https?:[^|>]*)\|([^>]*)>/g, '<a href="$1">$2</a>')
		.replaceAll(/`([^`\n]+)`/g, "<code>$1</code>")
		.replaceAll(/(^|[\s(])\*(\S(?:[^*\n]*\S)?)\*(?=$|[\s:.,)])/g, "$1<b>$2</b>");
}

/** A date token in the reader's own zone has no zone behind it. */
function readerTime(fallback: string): string {
	return fallback.replace(/\s\S+$/, "");
}

function nodes(value: unknown): readonly Node[] {
	return (value ?? []) as readonly Node[];
}

function escapeHtml(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;");
}

const CSS = `
:root{--bg:#fff;--text:#1d1c1d;--soft:#616061;--line:#dddddd;--edge:#bbb;--code:#e01e5a;--code-bg:#f6f6f6;--link:#1264a3;--ok:#007a5a;--on-ok:#fff}
.dark{--bg:#1a1d21;--text:#d1d2d3;--soft:#ababad;--line:#35373b;--edge:#5f6165;--code:#e8912d;--code-bg:#232529;--link:#1d9bd1;--ok:#007a5a;--on-ok:#fff}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--text);font:15px/22px Lato,Inter,system-ui,sans-serif}
main{width:720px;padding:16px 20px}article{display:flex;gap:10px;margin-bottom:16px}
.face{flex:none;width:36px;height:36px;border-radius:8px;background:#2B50C4;color:#fff}.body{min-width:0;flex:1}
p{margin:0 0 8px;white-space:pre-wrap;overflow-wrap:anywhere}.by{margin:0 0 4px}.by time,.only,.context{color:var(--soft);font-size:13px;line-height:18px}
.app{font-size:10px;padding:1px 4px;border-radius:3px;background:var(--line);color:var(--soft)}
h2{font-size:18px;line-height:24px;margin:2px 0 6px;overflow-wrap:anywhere}.fields{display:grid;grid-template-columns:1fr 1fr;gap:8px 16px;margin:0 0 8px}.fields p{margin:0}
img{display:block;width:100%;max-width:600px;border-radius:8px;margin:4px 0 10px;border:1px solid var(--line)}
code{font:12px/16px ui-monospace,monospace;color:var(--code);background:var(--code-bg);border:1px solid var(--line);border-radius:3px;padding:1px 3px}
pre{font:12px/18px ui-monospace,monospace;background:var(--code-bg);border:1px solid var(--line);border-radius:4px;padding:8px;margin:0 0 12px;white-space:pre-wrap;overflow-wrap:anywhere}
.actions{display:flex;flex-wrap:wrap;gap:8px;margin:4px 0 10px}.button{border:1px solid var(--edge);border-radius:4px;padding:4px 12px;font-weight:600;font-size:13px;line-height:18px}
.primary{background:var(--ok);border-color:var(--ok);color:var(--on-ok)}a{color:var(--link);text-decoration:none}
.scroll{overflow:auto;margin:4px 0 10px;border:1px solid var(--line);border-radius:8px}table{border-collapse:collapse;width:100%;font-size:13px;line-height:18px}
td{padding:7px 12px;border-bottom:1px solid var(--line);vertical-align:top}tr:last-child td{border-bottom:0}td,td p{margin:0;overflow-wrap:break-word}td.whole,td.whole p{white-space:nowrap}td.right{text-align:right}
.view{border:1px solid var(--line);border-radius:10px;max-width:520px;margin:0 auto}.view h1{font-size:18px;margin:0;padding:16px 20px;border-bottom:1px solid var(--line)}
.content{padding:16px 20px}.view footer{padding:12px 20px;border-top:1px solid var(--line);display:flex;justify-content:flex-end;gap:8px}
.area{height:88px;border:1px solid var(--edge);border-radius:6px;margin:6px 0}.input .context{margin:0}
`;

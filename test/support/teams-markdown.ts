/**
 * Markdown as the harshest client might read a TextBlock: CommonMark's inline rules and blocks, HTML and entities
 * handed on as they stand, and bare addresses made into links. Runs in the page, so it uses nothing from outside.
 */
export function teamsMarkdown(source: string): string {
	const PUNCTUATION = /[!-/:-@[-`{-~]/;
	const MARKS = ["**", "__", "~~", "*", "_"];
	const TAGS: Record<string, string> = { "**": "b", __: "b", "~~": "s", "*": "i", _: "i" };

	const attribute = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
	const anchor = (href: string, inner: string) => `<a href="${attribute(href)}">${inner}</a>`;

	const literal = (character: string) =>
		character === "<" ? "&lt;" : character === "&" ? "&amp;" : character === ">" ? "&gt;" : character;

	const linkified = (run: string): string => {
		const address =
			/\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.|mailto:|javascript:)[^\s<]+|[\w.+-]+@[\w-]+\.[\w.-]+|\b[\w-]+\.[a-z]{2,}\b(?:\/[^\s<]*)?/gi;
		let html = "";
		let end = 0;
		for (const match of run.matchAll(address)) {
			html += run.slice(end, match.index).replaceAll(">", "&gt;");
			html += anchor(match[0], match[0].replaceAll("<", "&lt;"));
			end = match.index + match[0].length;
		}
		return html + run.slice(end).replaceAll(">", "&gt;");
	};

	const punctuation = (character: string) => /[\p{P}\p{S}]/u.test(character);
	const opens = (text: string, at: number, mark: string): boolean => {
		const after = text.charAt(at + mark.length);
		const before = text.charAt(at - 1);
		if (after === "" || /\s/.test(after)) return false;
		if (mark.startsWith("_") && /\w/.test(before)) return false;
		return !punctuation(after) || before === "" || /\s/.test(before) || punctuation(before);
	};

	const closing = (text: string, from: number, mark: string): number => {
		for (let at = from; at <= text.length - mark.length; at += 1) {
			if (text.charAt(at) === "\\") {
				at += 1;
				continue;
			}
			if (!text.startsWith(mark, at) || /\s/.test(text.charAt(at - 1)) || at === from) continue;
			const after = text.charAt(at + mark.length);
			if (mark.startsWith("_") && /\w/.test(after)) continue;
			if (punctuation(text.charAt(at - 1)) && after !== "" && !/\s/.test(after) && !punctuation(after))
				continue;
			return at;
		}
		return -1;
	};

	const linkAt = (text: string, at: number) => {
		let depth = 0;
		for (let end = at; end < text.length; end += 1) {
			const character = text.charAt(end);
			if (character === "\\") end += 1;
			else if (character === "[") depth += 1;
			else if (character === "]") {
				depth -= 1;
				if (depth > 0) continue;
				const target = /^\(\s*<?([^\s)>]*)>?[^)]*\)/.exec(text.slice(end + 1));
				return target
					? { label: text.slice(at + 1, end), href: target[1] ?? "", end: end + 1 + target[0].length }
					: undefined;
			}
		}
		return undefined;
	};

	const inline = (text: string): string => {
		let html = "";
		let run = "";
		const flush = () => {
			html += linkified(run);
			run = "";
		};
		let at = 0;
		while (at < text.length) {
			const rest = text.slice(at);
			const character = text.charAt(at);
			const mark = MARKS.find((one) => rest.startsWith(one));
			const entity = /^&(?:#\d{1,7}|#x[0-9a-f]{1,6}|\w{2,31});/i.exec(rest)?.[0];
			const tag = /^<(?:[a-z/][^>]*|!--[\s\S]*?--|[!?][^>]*)>/i.exec(rest)?.[0];
			const autolink = /^<([a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]+@[\w.-]+)>/i.exec(rest);
			const image = character === "!" && text.charAt(at + 1) === "[";
			const link = character === "[" || image ? linkAt(text, at + (image ? 1 : 0)) : undefined;
			const code = /^(`+)([^`]+)\1(?!`)/.exec(rest);
			if (character === "\\" && PUNCTUATION.test(text.charAt(at + 1))) {
				flush();
				html += literal(text.charAt(at + 1));
				at += 2;
			} else if (entity) {
				flush();
				html += entity;
				at += entity.length;
			} else if (autolink) {
				flush();
				html += anchor(autolink[1] ?? "", autolink[1] ?? "");
				at += autolink[0].length;
			} else if (tag) {
				flush();
				html += tag;
				at += tag.length;
			} else if (link) {
				flush();
				html += image
					? `<img src="${attribute(link.href)}" alt="${attribute(link.label)}">`
					: anchor(link.href, inline(link.label));
				at = link.end;
			} else if (code) {
				flush();
				html += `<code>${(code[2] ?? "").replaceAll(/[<>&]/g, literal)}</code>`;
				at += code[0].length;
			} else if (mark && opens(text, at, mark) && closing(text, at + mark.length, mark) > 0) {
				flush();
				const end = closing(text, at + mark.length, mark);
				html += `<${TAGS[mark]}>${inline(text.slice(at + mark.length, end))}</${TAGS[mark]}>`;
				at = end + mark.length;
			} else {
				run += character;
				at += 1;
			}
		}
		flush();
		return html;
	};

	const block = (lines: readonly string[]): string => {
		const [first = ""] = lines;
		const heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/.exec(first);
		if (heading) return `<h3>${inline(heading[2] ?? "")}</h3>${following(lines)}`;
		if (/^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/.test(first)) return `<hr>${following(lines)}`;
		if (/^ {0,3}>/.test(first))
			return `<blockquote>${inline(first.replace(/^ {0,3}> ?/, ""))}</blockquote>${following(lines)}`;
		const item = /^ {0,3}(?:[-+*]|\d{1,9}[.)])(?:[ \t]+(.*))?$/.exec(first);
		if (item) return `<ul><li>${inline(item[1] ?? "")}</li></ul>${following(lines)}`;
		if (/^(?: {4}|\t)/.test(first))
			return `<pre>${first.replaceAll(/[<>&]/g, literal)}</pre>${following(lines)}`;
		return `<p>${inline(lines.join("\n"))}</p>`;
	};
	const following = (lines: readonly string[]): string => (lines.length > 1 ? block(lines.slice(1)) : "");

	return source
		.split(/\n[ \t]*\n/)
		.map((part) => part.split("\n").filter((line) => line.trim() !== ""))
		.filter((lines) => lines.length > 0)
		.map(block)
		.join("");
}

import { AppError } from "../../domain/errors.ts";
import type { VisitInstant } from "../../ports/metrics-source.ts";
import { readElement } from "./read-element.ts";

/** Longest element: more than the labels of any series that can be watched. */
const LONGEST_ELEMENT = 1_000_000;
/** Longest answer around its elements. */
const LONGEST_REST = 16_000_000;

type Container = { readonly isArray: boolean; key: string };

/**
 * Reads the answer to an instant query piece by piece. Each object in `data.result` is visited and forgotten; of the
 * rest, in which a 0 stands for each of them, `end` gives the text. Wherever the pieces are cut, the outcome is the same.
 */
export class VectorScanner {
	private readonly visit: VisitInstant;
	private readonly open: Container[] = [];
	private readonly rest: string[] = [];
	private restLength = 0;
	private pending = "";
	private expectsKey = false;

	constructor(visit: VisitInstant) {
		this.visit = visit;
	}

	/** Takes the next piece. AppError `limited` for a single series or a rest beyond all measure. */
	take(piece: string): void {
		const text = this.pending === "" ? piece : this.pending + piece;
		let at = 0;
		while (at < text.length) {
			const end = this.step(text, at);
			if (end < 0) break;
			at = end;
		}
		this.pending = text.slice(at);
		if (this.pending.length > LONGEST_ELEMENT)
			throw new AppError(
				"limited",
				"Prometheus' answer has a series with over a million characters of labels; drop labels in the query.",
			);
	}

	/** The answer without its elements. */
	end(): string {
		this.keep(this.pending);
		this.pending = "";
		return this.rest.join("");
	}

	/** Reads one token or element; gives where the next begins, or -1 where its end has not come yet. */
	private step(text: string, at: number): number {
		const char = text[at];
		if (char === '"') return this.string(text, at);
		if (char === "{" && this.inResult()) return this.element(text, at);
		if (char === "{" || char === "[") {
			this.open.push({ isArray: char === "[", key: "" });
			this.expectsKey = char === "{";
		} else if (char === "}" || char === "]") this.open.pop();
		else if (char === ",") this.expectsKey = this.open.at(-1)?.isArray === false;
		this.keep(char ?? "");
		return at + 1;
	}

	private string(text: string, at: number): number {
		const end = stringEnd(text, at);
		if (end < 0) return -1;
		const container = this.open.at(-1);
		if (this.expectsKey && container && this.open.length <= 2) container.key = text.slice(at + 1, end - 1);
		this.expectsKey = false;
		this.keep(text.slice(at, end));
		return end;
	}

	private inResult(): boolean {
		const { open } = this;
		return (
			open.length === 3 && open[2]?.isArray === true && open[1]?.key === "result" && open[0]?.key === "data"
		);
	}

	private element(text: string, at: number): number {
		const end = elementEnd(text, at);
		if (end < 0) return -1;
		readElement(text.slice(at, end), this.visit);
		this.keep("0");
		return end;
	}

	private keep(text: string): void {
		this.restLength += text.length;
		if (this.restLength > LONGEST_REST)
			throw new AppError("limited", "Prometheus' answer is larger than can be read; use a narrower query.");
		this.rest.push(text);
	}
}

/** Behind the closing quote of the string that begins at `at`; -1 where it has not come. */
function stringEnd(text: string, at: number): number {
	for (let quote = text.indexOf('"', at + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
		let escapes = 0;
		while (text[quote - 1 - escapes] === "\\") escapes += 1;
		if (escapes % 2 === 0) return quote + 1;
	}
	return -1;
}

/** Behind the closing brace of the object that begins at `at`; -1 where it has not come. */
function elementEnd(text: string, at: number): number {
	let depth = 0;
	for (let i = at; i < text.length; ) {
		const char = text.charCodeAt(i);
		if (char === 34) {
			i = stringEnd(text, i);
			if (i < 0) return -1;
			continue;
		}
		if (char === 123 || char === 91) depth += 1;
		else if (char === 125 || char === 93) {
			depth -= 1;
			if (depth === 0) return i + 1;
		}
		i += 1;
	}
	return -1;
}

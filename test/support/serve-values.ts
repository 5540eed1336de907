import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { uniform } from "../fakes/noise.ts";

/** One question of an asker. `kind`: of one instant, or of a span. */
type Question = {
	readonly asker: string;
	readonly kind: "query" | "query_range";
	readonly query: string;
	readonly atMs: number;
};

/** Answers as Prometheus does, with values of the test, and knows its askers apart by the path of their URL. */
export type ServedValues = {
	urlFor(asker: string): string;
	readonly questions: readonly Question[];
	/** From now on every query has this value, give or take a half. */
	show(value: number): void;
	/** Whether spans are answered with values; before, and after `false`, the past is empty. */
	remember(history: boolean): void;
	/** Leaves instants of an asker, or of a query, unanswered until the returned function is called: it sends them. */
	hold(who: string): () => Promise<void>;
	close(): Promise<void>;
};

/** Starts it on a free port of loopback. Each query has one series without labels. */
export async function serveValues(first: number): Promise<ServedValues> {
	const questions: Question[] = [];
	const held = new Map<string, Promise<void>>();
	let value = first;
	let history = false;
	const at = (seconds: number) => [seconds, String(value + uniform(Math.round(seconds))() - 0.5)];
	const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		let body = "";
		for await (const chunk of request) body += String(chunk);
		const form = new URLSearchParams(body);
		const number = (name: string) => Number(form.get(name));
		const [, asker = "", , , kind = ""] = (request.url ?? "").split("/");
		const send = (data: unknown) => {
			response.writeHead(200, { "content-type": "application/json" });
			response.end(JSON.stringify({ status: "success", data }));
		};
		if (kind !== "query" && kind !== "query_range") return send({});
		const query = form.get("query") ?? "";
		questions.push({ asker, kind, query, atMs: Date.now() });
		if (kind === "query") {
			await (held.get(asker) ?? held.get(query));
			return send({ resultType: "vector", result: [{ metric: {}, value: at(number("time")) }] });
		}
		const values: unknown[] = [];
		for (let t = number("start"); t <= number("end"); t += number("step")) values.push(at(t));
		send({ resultType: "matrix", result: history ? [{ metric: {}, values }] : [] });
	};
	const server = createServer((request, response) => void reply(request, response));
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	const { port } = server.address() as AddressInfo;
	return {
		urlFor: (asker) => `http://127.0.0.1:${port}/${asker}`,
		questions,
		show: (next) => {
			value = next;
		},
		remember: (next) => {
			history = next;
		},
		hold: (who) => {
			let release: () => void = () => undefined;
			held.set(who, new Promise((done) => (release = done)));
			return async () => {
				held.delete(who);
				release();
				await nextTurn();
			};
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}

import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { badConfig, goodConfig, type ServiceConfig, writeConfig } from "./config-file.ts";
import { type FaultName, type Faults, faultNames } from "./faults.ts";

const longestBodyBytes = 10_000;

type ControlAnswer = { readonly code: number; readonly body: unknown };

export type Control = {
	/** The settings in force. */
	config(): ServiceConfig;
	/** Answers the routes that break, fix and list; all others are not found. */
	handle(route: string, incoming: IncomingMessage): Promise<ControlAnswer>;
};

/** Breaks and fixes the service for whoever carries the token. A bad setting is also written to the file. */
export function createControl(
	token: string | undefined,
	configFile: string | undefined,
	faults: Faults,
	initial: ServiceConfig,
): Control {
	let config = initial;
	const apply = (next: ServiceConfig) => {
		if (configFile) writeConfig(configFile, next);
		config = next;
	};
	const list = (): ControlAnswer => {
		const wrong = config.paymentBackend !== goodConfig.paymentBackend;
		return { code: 200, body: { faults: wrong ? [...faults.list(), "bad-config"] : faults.list() } };
	};
	const routes: Record<string, (incoming: IncomingMessage) => Promise<ControlAnswer> | ControlAnswer> = {
		"GET /faults": list,
		"POST /break": async (incoming) => {
			const fault = await readFault(incoming);
			if (fault === undefined)
				return { code: 400, body: { error: `fault must be one of ${faultNames.join(", ")}` } };
			if (fault === "bad-config") apply(badConfig);
			else faults.set(fault);
			return list();
		},
		"POST /fix": () => {
			faults.clear();
			apply(goodConfig);
			return list();
		},
	};
	return {
		config: () => config,
		async handle(route, incoming) {
			const serve = routes[route];
			if (serve === undefined) return { code: 404, body: { error: "not found" } };
			if (!isAllowed(incoming, token))
				return { code: 401, body: { error: "the control token is missing or wrong" } };
			return serve(incoming);
		},
	};
}

/** True when the request carries the control token. Without a token nobody does. */
function isAllowed(incoming: IncomingMessage, token: string | undefined): boolean {
	if (token === undefined || token === "") return false;
	const given = digest(incoming.headers.authorization ?? "");
	return timingSafeEqual(given, digest(`Bearer ${token}`));
}

/** The fault that a request's JSON body names, or undefined when it names none. */
async function readFault(incoming: IncomingMessage): Promise<FaultName | undefined> {
	let body = "";
	for await (const part of incoming) {
		body += String(part);
		if (body.length > longestBodyBytes) return undefined;
	}
	try {
		const given = JSON.parse(body) as { fault?: unknown } | null;
		return faultNames.find((name) => name === given?.fault);
	} catch {
		return undefined;
	}
}

function digest(text: string): Buffer {
	return createHash("sha256").update(text).digest();
}

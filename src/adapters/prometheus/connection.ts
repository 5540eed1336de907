import { readFileSync } from "node:fs";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { AppError } from "../../domain/errors.ts";

/** How to reach a Prometheus, or anything that speaks its HTTP API. */
export type PrometheusOptions = {
	/** Base URL, with a path where the API lies below one. User and password in it count as basic auth. */
	readonly url: string;
	readonly bearerToken?: string;
	readonly username?: string;
	readonly password?: string;
	/** File with the certificate authorities to trust (PEM), instead of the system's. */
	readonly caFile?: string;
	readonly tenant?: string;
	/** Name of the header that carries the tenant; X-Scope-OrgID where it is not given. */
	readonly tenantHeader?: string;
};

/** A checked connection. `secrets` must never leave the process; `name` is how the server may be called in messages. */
export type Connection = {
	readonly name: string;
	readonly baseUrl: URL;
	readonly headers: Readonly<Record<string, string>>;
	readonly agent: HttpAgent | HttpsAgent;
	readonly secrets: readonly string[];
	readonly authentication: "bearer" | "basic" | "none";
};

/** Connections kept open, and the most that are used at once. */
const MAX_SOCKETS = 8;

/** Checks the options and reads the CA file; throws `invalid`, naming the setting, for what can't be used. */
export function openConnection(options: PrometheusOptions): Connection {
	if (!URL.canParse(options.url))
		throw new AppError("invalid", "PROMETHEUS_URL is no URL; set it to http(s)://host.");
	const baseUrl = new URL(options.url);
	if (baseUrl.protocol !== "http:" && baseUrl.protocol !== "https:")
		throw new AppError("invalid", "PROMETHEUS_URL must start with http:// or https://.");
	const username = options.username ?? decoded(baseUrl.username);
	const password = options.password ?? decoded(baseUrl.password);
	baseUrl.username = "";
	baseUrl.password = "";
	const { headers, secrets, authentication } = authenticationOf(options.bearerToken, username, password);
	return {
		name: baseUrl.origin,
		baseUrl,
		headers: { ...headers, ...tenantHeaders(options) },
		agent: agentFor(baseUrl, options.caFile),
		secrets,
		authentication,
	};
}

/** A part of the URL without its percent signs; as it is where they are no code. */
function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

function tenantHeaders({
	tenant,
	tenantHeader = "X-Scope-OrgID",
}: PrometheusOptions): Readonly<Record<string, string>> {
	if (!tenant) return {};
	if (!/^[\w-]+$/.test(tenantHeader))
		throw new AppError(
			"invalid",
			"PROMETHEUS_TENANT_HEADER is no header name; use letters, digits and hyphens.",
		);
	if (!/^[\x20-\x7e]+$/.test(tenant))
		throw new AppError("invalid", "PROMETHEUS_TENANT holds characters that a header can't carry.");
	return { [tenantHeader]: tenant };
}

function authenticationOf(
	bearerToken: string | undefined,
	username: string,
	password: string,
): Pick<Connection, "headers" | "secrets" | "authentication"> {
	if (bearerToken && username)
		throw new AppError("invalid", "Set either PROMETHEUS_BEARER_TOKEN or PROMETHEUS_USERNAME, not both.");
	if (bearerToken) {
		if (!/^[\x21-\x7e]+$/.test(bearerToken))
			throw new AppError("invalid", "PROMETHEUS_BEARER_TOKEN holds characters that no token has.");
		return {
			headers: { authorization: `Bearer ${bearerToken}` },
			secrets: [bearerToken],
			authentication: "bearer",
		};
	}
	if (!username) return { headers: {}, secrets: [], authentication: "none" };
	const encoded = Buffer.from(`${username}:${password}`).toString("base64");
	return {
		headers: { authorization: `Basic ${encoded}` },
		secrets: [password, encoded].filter((secret) => secret !== ""),
		authentication: "basic",
	};
}

function agentFor(url: URL, caFile: string | undefined): HttpAgent | HttpsAgent {
	const shared = { keepAlive: true, maxSockets: MAX_SOCKETS };
	if (url.protocol === "http:") return new HttpAgent(shared);
	if (!caFile) return new HttpsAgent(shared);
	try {
		return new HttpsAgent({ ...shared, ca: readFileSync(caFile) });
	} catch (error) {
		throw new AppError(
			"invalid",
			`PROMETHEUS_CA_FILE ${caFile} can't be read; check the path and its mode.`,
			{
				cause: error,
			},
		);
	}
}

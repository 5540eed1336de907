import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** The service's settings. `internal` needs no network; any other payment backend is an HTTP address. */
export type ServiceConfig = { readonly paymentBackend: string };

export const goodConfig: ServiceConfig = { paymentBackend: "internal" };
/** Nothing listens on the discard port, so calls to this backend are refused at once. */
export const badConfig: ServiceConfig = { paymentBackend: "http://127.0.0.1:9/payments" };

/** Reads the file, or writes the good settings into it when it is missing. Throws when it is not such a file. */
export function readConfig(path: string | undefined): ServiceConfig {
	if (path === undefined) return goodConfig;
	if (!existsSync(path)) writeConfig(path, goodConfig);
	const content: unknown = JSON.parse(readFileSync(path, "utf8"));
	if (typeof content === "object" && content !== null && "paymentBackend" in content) {
		const { paymentBackend } = content;
		if (typeof paymentBackend === "string") return { paymentBackend };
	}
	throw new Error("paymentBackend is missing");
}

/** Replaces the file whole. */
export function writeConfig(path: string, config: ServiceConfig): void {
	writeFileSync(`${path}.new`, `${JSON.stringify(config, null, "\t")}\n`);
	renameSync(`${path}.new`, path);
}

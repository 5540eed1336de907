import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createCheckout } from "./checkout.ts";
import { readConfig, type ServiceConfig } from "./config-file.ts";
import { createControl } from "./control.ts";
import { createFaults } from "./faults.ts";
import { createRandom } from "./random.ts";
import { startTraffic } from "./traffic.ts";
import { createMetrics } from "./workload-metrics.ts";

export type ServiceOptions = {
	readonly port: number;
	readonly seed: number;
	/** Without one nobody may break or fix the service. */
	readonly controlToken: string | undefined;
	/** Without one the settings live in memory only. */
	readonly configFile: string | undefined;
};

/** Listens on 127.0.0.1 and makes its own traffic. Ends the process at once on SIGTERM, or when it cannot listen. */
export function startService({ port, seed, controlToken, configFile }: ServiceOptions): void {
	process.on("SIGTERM", () => process.exit(0));
	process.on("SIGINT", () => process.exit(0));
	const random = createRandom(seed);
	const metrics = createMetrics("checkout", "1.0.0");
	const faults = createFaults();
	const control = createControl(controlToken, configFile, faults, readConfigOrExit(configFile));
	const checkOut = createCheckout(faults, () => control.config(), random);

	const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
		const route = `${incoming.method} ${incoming.url?.split("?")[0]}`;
		if (route === "POST /checkout") {
			const startedMs = performance.now();
			const code = await checkOut();
			metrics.record(code, (performance.now() - startedMs) / 1000);
			answer(response, Number(code), { ok: code === "200" });
		} else if (route === "GET /metrics") {
			response.writeHead(200, { "content-type": metrics.contentType }).end(await metrics.render());
		} else if (route === "GET /healthz") answer(response, 200, { ok: true });
		else {
			const { code, body } = await control.handle(route, incoming);
			answer(response, code, body);
		}
	};
	const server = createServer((incoming, response) => {
		serve(incoming, response).catch((error: unknown) => {
			process.stderr.write(`checkout: ${String(error)}\n`);
			response.destroy();
		});
	});
	server.on("error", (error) => endWith(`checkout: cannot listen on 127.0.0.1:${port} (${error.message}).`));
	server.listen(port, "127.0.0.1", () => startTraffic(port, random));
}

function answer(response: ServerResponse, code: number, body: unknown): void {
	response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function readConfigOrExit(path: string | undefined): ServiceConfig {
	try {
		return readConfig(path);
	} catch (error) {
		return endWith(`checkout: ${path} cannot be used (${String(error)}); correct or delete it.`);
	}
}

function endWith(sentence: string): never {
	process.stderr.write(`${sentence}\n`);
	process.exit(1);
}

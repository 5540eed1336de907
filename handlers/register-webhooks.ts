import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError, toAppError } from "../src/domain/errors.ts";
import type { WebhookEndpoint } from "../src/ports/webhook-endpoint.ts";

/** Counts how a delivery was answered. */
export type CountDelivery = (path: string, status: number, seconds: number) => void;

/**
 * Puts the endpoints of other programs on a server: each gets the raw bytes, for its sender signs these. Compressed
 * bodies are refused unread. What is too much is answered 503, which every sender tries again.
 */
export async function registerWebhooks(
	app: FastifyInstance,
	endpoints: readonly WebhookEndpoint[],
	count: CountDelivery,
): Promise<void> {
	await app.register(async (scope) => {
		scope.removeAllContentTypeParsers();
		scope.addContentTypeParser(
			"*",
			{ parseAs: "buffer" },
			async (_request: FastifyRequest, body: Buffer) => body,
		);
		for (const endpoint of endpoints)
			scope.route({
				method: "POST",
				url: endpoint.path,
				bodyLimit: endpoint.maximumBytes,
				// Their senders share a few addresses; each checks its sender, and the inbox turns away what is too much.
				config: { rateLimit: false },
				preParsing: async (request) => refuseCompressed(request),
				onResponse: async (_request, reply) =>
					count(endpoint.path, reply.statusCode, reply.elapsedTime / 1000),
				handler: async (request, reply) => {
					const body = Buffer.isBuffer(request.body) ? request.body : new Uint8Array();
					const { status, headers, body: answer } = await receive(endpoint, request, body);
					return reply
						.code(status)
						.headers(headers ?? {})
						.send(answer ?? "");
				},
			});
	});
}

async function receive(endpoint: WebhookEndpoint, request: FastifyRequest, body: Uint8Array) {
	try {
		return await endpoint.receive({ headers: plainHeaders(request), body });
	} catch (thrown) {
		const error = toAppError(thrown);
		if (error.code !== "limited") throw thrown;
		const { message, retryAfterSeconds = 1 } = error;
		throw new AppError("unavailable", message, { retryAfterSeconds, cause: error });
	}
}

/** Only headers that came once or can be joined: a repeated signature is no signature. */
function plainHeaders({ headers }: FastifyRequest): Readonly<Record<string, string | undefined>> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? undefined : value]),
	);
}

function refuseCompressed({ headers }: FastifyRequest): void {
	if ((headers["content-encoding"] ?? "identity") !== "identity")
		throw new AppError("unsupported", "Compressed bodies are not read here; send the body as it is.");
}

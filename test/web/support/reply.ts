import type { ServerResponse } from "node:http";
import type { Problem } from "../../../web/src/api/types.generated.ts";

/** A refusal as the product writes it. */
export function problem(status: number, code: string, detail: string): Problem {
	return { type: "about:blank", title: "Refused", status, detail, code };
}

/** Answers that there is nothing. */
export function notFound(response: ServerResponse): void {
	json(response, 404, problem(404, "not_found", "There is nothing at this address."));
}

/** Answers with JSON. */
export function json(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

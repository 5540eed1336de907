import type { IncomingMessage } from "node:http";
import { AwsError } from "./aws-error.ts";

const BOUND_BYTES = 1_048_576;

/** The whole body. Error: RequestEntityTooLarge beyond a mebibyte. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes > BOUND_BYTES) throw new AwsError("RequestEntityTooLarge", "The request is too large", 413);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

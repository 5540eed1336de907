import { type AwsCall, mapFailure } from "./map-failure.ts";

/**
 * Makes one call within `totalMs`, however long credentials, attempts and pauses between them take, and maps what
 * goes wrong. Once the time is up the signal keeps a call that was not sent yet from being sent.
 */
export async function callAws<Reply>(
	call: AwsCall,
	totalMs: number,
	send: (options: { readonly abortSignal: AbortSignal }) => Promise<Reply>,
): Promise<Reply> {
	const stop = new AbortController();
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => {
			reject(Object.assign(new Error(`no answer within ${totalMs} ms`), { name: "TimeoutError" }));
			stop.abort();
		}, totalMs);
	});
	try {
		return await Promise.race([send({ abortSignal: stop.signal }), late]);
	} catch (error) {
		throw mapFailure(error, call);
	} finally {
		clearTimeout(timer);
	}
}

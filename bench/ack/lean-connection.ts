import { connect, type Socket } from "node:net";

/** One keep-alive connection that carries one request at a time. */
export type LeanConnection = {
	/** Resolves when it is open. */
	open(): Promise<void>;
	/** Sends a request and gives the status; 0 where the connection broke or no answer came in time. */
	send(request: string): Promise<number>;
	close(): void;
};

const LONGEST_MS = 10_000;

/**
 * The least that a client needs to know of HTTP: a status and a length. node's own client costs as much as the server
 * it would measure, and both share two cores.
 */
export function leanConnection(host: string, port: number): LeanConnection {
	let socket: Socket | undefined;
	let received = "";
	let answer: ((status: number) => void) | undefined;
	const settle = (status: number) => {
		const waiting = answer;
		answer = undefined;
		received = "";
		waiting?.(status);
	};
	const open = (): Socket => {
		const opened = connect({ host, port, noDelay: true });
		opened.setEncoding("latin1");
		opened.setTimeout(LONGEST_MS, () => opened.destroy());
		opened.on("data", (chunk: string) => {
			received += chunk;
			const status = statusOf(received);
			if (status !== undefined) settle(status);
		});
		opened.on("error", () => undefined);
		opened.on("close", () => {
			socket = undefined;
			settle(0);
		});
		return opened;
	};
	return {
		open: () =>
			new Promise((resolve) => {
				socket ??= open();
				socket.once("connect", () => resolve());
				socket.once("close", () => resolve());
			}),
		send: (request) =>
			new Promise((resolve) => {
				answer = resolve;
				socket ??= open();
				socket.write(request);
			}),
		close: () => socket?.destroy(),
	};
}

/** The status of an answer that is here whole; undefined while more is to come. */
function statusOf(text: string): number | undefined {
	const end = text.indexOf("\r\n\r\n");
	if (end < 0) return undefined;
	const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1] ?? 0);
	return text.length >= end + 4 + length ? Number(text.slice(9, 12)) : undefined;
}

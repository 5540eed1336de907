import { connect, createServer } from "node:net";

/** A free port of 127.0.0.1: `wanted` if it is free, else one that the system chooses. */
export async function choosePort(wanted: number | undefined): Promise<number> {
	if (wanted !== undefined) {
		const same = await tryListen(wanted);
		if (same !== undefined) return same;
	}
	const chosen = await tryListen(0);
	if (chosen === undefined) throw new Error("no free port on 127.0.0.1");
	return chosen;
}

/** True when something accepts connections there. */
export async function portAnswers(host: string, port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect({ host, port, timeout: 1_000 });
		const end = (answers: boolean) => {
			socket.destroy();
			resolve(answers);
		};
		socket.once("connect", () => end(true));
		socket.once("error", () => end(false));
		socket.once("timeout", () => end(false));
	});
}

async function tryListen(port: number): Promise<number | undefined> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once("error", () => resolve(undefined));
		server.listen(port, "127.0.0.1", () => {
			const address = server.address();
			server.close(() => resolve(typeof address === "object" && address !== null ? address.port : undefined));
		});
	});
}

// A worker that does as the name of the engine says: what it can't survive, or nothing at all.
import { parentPort } from "node:worker_threads";

let served = 0;

parentPort?.on("message", ({ id, engine }: { readonly id: number; readonly engine: string }) => {
	served += 1;
	if (engine === "count") parentPort?.postMessage({ id, bytes: Uint8Array.of(served) }, []);
	if (engine === "exit") process.exit(3);
	if (engine === "throw") throw new Error("planted");
	if (engine === "spin") for (;;);
	if (engine === "answer") parentPort?.postMessage({ id, bytes: Uint8Array.of(1, 2, 3) }, []);
});

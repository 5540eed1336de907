import type { Instance } from "./instances.ts";

/** What the handler of a test sees: one command on one instance. */
export type CommandCall = {
	readonly commandId: string;
	readonly instanceId: string;
	readonly documentName: string;
	readonly documentVersion: string;
	readonly comment: string;
	readonly parameters: Readonly<Record<string, readonly string[]>>;
	readonly region: string;
	readonly account: string;
};

export type CommandOutcome = {
	/** Default Success. */
	readonly status?: "Success" | "Failed" | "TimedOut";
	readonly output?: string;
	readonly errorOutput?: string;
	/** Default 0 for a success and 1 otherwise. */
	readonly responseCode?: number;
	/** How long it runs at least; default as long as any transition. */
	readonly runMs?: number;
};

/** Plays a command on an instance: called once, when the instance receives it. */
export type CommandHandler = (call: CommandCall) => CommandOutcome | Promise<CommandOutcome>;

export type InvocationStatus = "Pending" | "InProgress" | "Success" | "Failed" | "TimedOut";

export type Invocation = {
	readonly instanceId: string;
	/** When the instance received it; absent while it could not be reached. */
	deliveredAtMs?: number;
	/** Absent while the handler has not answered. */
	outcome?: CommandOutcome & { readonly endMs: number };
};

export type Command = {
	readonly commandId: string;
	readonly documentName: string;
	/** As the request named it. */
	readonly documentVersion: string;
	readonly comment: string;
	readonly parameters: Readonly<Record<string, readonly string[]>>;
	readonly requestedAtMs: number;
	readonly timeoutSeconds: number;
	readonly targets: readonly { readonly Key?: string; readonly Values?: readonly string[] }[];
	/** The ids that the request named. */
	readonly instanceIds: readonly string[];
	readonly invocations: ReadonlyMap<string, Invocation>;
};

/** Where an invocation stands: pending until delivered and one transition later, timed out if it never was. */
export function invocationStatus(
	command: Command,
	invocation: Invocation,
	nowMs: number,
	transitionMs: number,
): InvocationStatus {
	const { deliveredAtMs, outcome } = invocation;
	if (deliveredAtMs === undefined) return nowMs >= deadlineMs(command) ? "TimedOut" : "Pending";
	if (nowMs < deliveredAtMs + transitionMs) return "Pending";
	if (!outcome || nowMs < outcome.endMs) return "InProgress";
	return outcome.status ?? "Success";
}

/** A command's status from those of its invocations. */
export function commandStatus(statuses: readonly InvocationStatus[]): InvocationStatus {
	if (statuses.every((status) => status === "Pending") && statuses.length > 0) return "Pending";
	if (statuses.some((status) => status === "Pending" || status === "InProgress")) return "InProgress";
	if (statuses.includes("Failed")) return "Failed";
	return statuses.includes("TimedOut") ? "TimedOut" : "Success";
}

/** After this instant an undelivered command is given up. */
export function deadlineMs(command: Command): number {
	return command.requestedAtMs + command.timeoutSeconds * 1000;
}

export function isReachable(instance: Instance): boolean {
	return instance.state === "running" && instance.ping === "Online";
}

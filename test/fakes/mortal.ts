/** Thrown by every part of a process that has died. */
export class Died extends Error {
	constructor() {
		super("This process is dead.");
		this.name = "Died";
	}
}

/**
 * The same object, whose asynchronous methods fail once `isDead`: what a killed process can still do to the world is
 * nothing. Calls made before stay made. Members of members are mortal too, and so is what callbacks are given.
 */
export function mortal<T extends object>(target: T, isDead: () => boolean): T {
	return new Proxy(target, {
		get: (object, key, receiver): unknown => {
			const member: unknown = Reflect.get(object, key, receiver);
			if (typeof member === "function") return mortalMethod(object, member as Method, isDead);
			return typeof member === "object" && member !== null ? mortal(member, isDead) : member;
		},
	});
}

type Method = (...values: unknown[]) => unknown;

function mortalMethod(object: object, method: Method, isDead: () => boolean): Method {
	return (...values) => {
		if (isDead()) return Promise.reject(new Died());
		const given = values.map((value) =>
			typeof value === "function" ? mortalCallback(value as Method, isDead) : value,
		);
		return method.apply(object, given);
	};
}

function mortalCallback(callback: Method, isDead: () => boolean): Method {
	return (...values) =>
		callback(
			...values.map((value) => (typeof value === "object" && value !== null ? mortal(value, isDead) : value)),
		);
}

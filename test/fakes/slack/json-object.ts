/** JSON as it comes over the wire. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value as an object; an empty one where it is none. */
export function asObject(value: unknown): JsonObject {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** The objects of a list; an empty list where it is none. */
export function asObjects(value: unknown): readonly JsonObject[] {
	return Array.isArray(value) ? value.map(asObject) : [];
}

/** The value as text; empty where it is none. */
export function asText(value: unknown): string {
	return typeof value === "string" ? value : "";
}

/** What the JSON Schema of a remediation's parameters says of one of them, as far as a form can use it. */
export type ParameterField = {
	readonly name: string;
	readonly required: boolean;
	/** What the schema says in words; empty where it says nothing. */
	readonly description: string;
	/** What counts where it is left out; empty where the schema does not say. */
	readonly otherwise: string;
} & (
	| { readonly kind: "text"; readonly maxLength?: number }
	| {
			readonly kind: "number";
			readonly whole: boolean;
			readonly minimum?: number;
			readonly maximum?: number;
	  }
	| { readonly kind: "select"; readonly options: readonly Option[] }
);

type Option = string | number | boolean;

/** What stands in the fields of a form, by name. An absent or empty one was left out. */
export type TypedValues = Readonly<Record<string, string>>;

type Schema = Readonly<Record<string, unknown>>;

/**
 * The fields of an object schema, those that are needed first. A property of a kind that no form has becomes text: the
 * server judges what is typed there. Pure.
 */
export function parameterFields(schema: Schema): readonly ParameterField[] {
	const required = Array.isArray(schema.required) ? schema.required : [];
	const fields = Object.entries(asSchema(schema.properties)).map(([name, property]) =>
		fieldOf(name, asSchema(property), required.includes(name)),
	);
	return [...fields.filter((field) => field.required), ...fields.filter((field) => !field.required)];
}

function fieldOf(name: string, schema: Schema, isRequired: boolean): ParameterField {
	const description = typeof schema.description === "string" ? schema.description : "";
	// What has a default of its own may be left out.
	const common = {
		name,
		description,
		required: isRequired && schema.default === undefined,
		otherwise: isOption(schema.default) ? optionWord(schema.default) : "",
	};
	if (Array.isArray(schema.enum) && schema.enum.every(isOption))
		return { ...common, kind: "select", options: schema.enum };
	if (schema.type === "boolean") return { ...common, kind: "select", options: [true, false] };
	if (schema.type === "integer" || schema.type === "number")
		return { ...common, kind: "number", whole: schema.type === "integer", ...limits(schema) };
	const maxLength = Number.isInteger(schema.maxLength) ? Number(schema.maxLength) : undefined;
	return { ...common, kind: "text", ...(maxLength === undefined ? {} : { maxLength }) };
}

/** A limit that is only the end of what a number can hold says nothing to people. */
function limits(schema: Schema): { readonly minimum?: number; readonly maximum?: number } {
	const meant = (limit: unknown): limit is number =>
		typeof limit === "number" && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
	return {
		...(meant(schema.minimum) ? { minimum: schema.minimum } : {}),
		...(meant(schema.maximum) ? { maximum: schema.maximum } : {}),
	};
}

/** What there is to know of a field: `optional · a whole number from 1 to 365`. Empty where that is nothing. Pure. */
export function hintOf(field: ParameterField): string {
	const { required, description, otherwise } = field;
	const parts = [required ? "" : "optional", description, fits(field), otherwise && `else ${otherwise}`];
	return parts.filter((part) => part !== "").join(" · ");
}

function fits(field: ParameterField): string {
	if (field.kind !== "number") return "";
	const noun = field.whole ? "a whole number" : "a number";
	const { minimum, maximum } = field;
	const words = (limit: number) => limit.toLocaleString("en-US").replace("-", "−");
	if (minimum !== undefined && maximum !== undefined)
		return `${noun} from ${words(minimum)} to ${words(maximum)}`;
	if (minimum !== undefined) return `${noun}, at least ${words(minimum)}`;
	return maximum === undefined ? noun : `${noun}, at most ${words(maximum)}`;
}

/** Why what is typed can't be sent, in a sentence; undefined where it can. Only the server knows the rest. Pure. */
export function problemOf(field: ParameterField, typed: string): string | undefined {
	const text = typed.trim();
	if (text === "") return field.required ? `${field.name} is needed.` : undefined;
	if (field.kind !== "number") return undefined;
	const value = numberOf(text);
	const fitting =
		value !== undefined &&
		(!field.whole || Number.isSafeInteger(value)) &&
		value >= (field.minimum ?? Number.NEGATIVE_INFINITY) &&
		value <= (field.maximum ?? Number.POSITIVE_INFINITY);
	return fitting ? undefined : `${field.name} must be ${fits(field)}.`;
}

/** The parameters that are sent for what is typed; what was left empty is left out. Pure. */
export function parametersOf(
	fields: readonly ParameterField[],
	typed: TypedValues,
): Readonly<Record<string, Option>> {
	return Object.fromEntries(
		fields.flatMap((field) => {
			const text = typed[field.name]?.trim() ?? "";
			return text === "" ? [] : [[field.name, chosen(field, text)]];
		}),
	);
}

function chosen(field: ParameterField, text: string): Option {
	switch (field.kind) {
		case "number":
			return numberOf(text) ?? text;
		case "select":
			return field.options.find((option) => String(option) === text) ?? text;
		case "text":
			return text;
	}
}

/** People write `+2`, and copy the long minus sign. */
function numberOf(text: string): number | undefined {
	const plain = text.replace("−", "-");
	return /^[+-]?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** A choice as people read it. */
export function optionWord(option: Option): string {
	if (typeof option === "boolean") return option ? "yes" : "no";
	return String(option);
}

function isOption(value: unknown): value is Option {
	return ["string", "number", "boolean"].includes(typeof value);
}

function asSchema(value: unknown): Schema {
	return typeof value === "object" && value !== null ? (value as Schema) : {};
}

import { z } from "zod";
import { describeIssue, plainWords } from "../../src/domain/describe-issue.ts";
import { AppError } from "../../src/domain/errors.ts";

/** The first thing wrong with an input, as a sentence that names the field. */
function inputError(error: z.ZodError): AppError {
	const issue = error.issues[0];
	if (issue?.code === "unrecognized_keys") {
		const key = JSON.stringify((issue.keys[0] ?? "").slice(0, 60));
		return new AppError("invalid", `The field ${key} is not known here; leave it out.`);
	}
	const problem = issue ? describeIssue(issue, "the request") : "the request does not fit";
	return new AppError("invalid", `This can't be read: ${problem}.`, {
		detail: z.prettifyError(error),
	});
}

/** Judges the parts of a request by zod. A path that does not fit names nothing, so it is `not_found`. */
export function validatorCompiler(route: { readonly schema: unknown; readonly httpPart?: string }) {
	const schema = asZod(route.schema);
	return (data: unknown): { value: unknown } | { error: AppError } => {
		const result = schema.safeParse(data ?? undefined, { error: plainWords });
		if (result.success) return { value: result.data };
		if (route.httpPart === "params")
			return { error: new AppError("not_found", "There is nothing at this address.") };
		return { error: inputError(result.error) };
	};
}

/** Writes a reply by zod: what its schema does not name never leaves, and what does not fit is our own error. */
export function serializerCompiler(route: { readonly schema: unknown }): (data: unknown) => string {
	const schema = asZod(route.schema);
	return (data) => JSON.stringify(schema.parse(data));
}

function asZod(schema: unknown): z.ZodType {
	if (schema instanceof z.ZodType) return schema;
	throw new TypeError("Routes declare their schemas with zod.");
}

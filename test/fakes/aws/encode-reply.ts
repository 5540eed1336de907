import { XmlShapeSerializer } from "@aws-sdk/core/protocols";
import type { NormalizedSchema } from "@smithy/core/schema";
import type { AwsError } from "./aws-error.ts";
import { protocolOf, type ServiceName } from "./service-name.ts";

export type WireReply = { readonly status: number; readonly contentType: string; readonly body: string };

const JSON_TYPE = "application/x-amz-json-1.1";
const XML_TYPE = "text/xml;charset=UTF-8";
const ISO_TIMESTAMPS = 5;

/** An operation's result in the protocol of its service. */
export function encodeReply(
	service: ServiceName,
	operation: string,
	schema: NormalizedSchema,
	output: object,
	requestId: string,
): WireReply {
	const protocol = protocolOf(service);
	if (protocol === "json") {
		const body = schema.isUnitSchema() ? "" : JSON.stringify(asJson(output));
		return { status: 200, contentType: JSON_TYPE, body };
	}
	const inner = schema.isUnitSchema() ? "" : membersXml(schema, output);
	const members =
		protocol === "ec2query"
			? `<requestId>${requestId}</requestId>${inner}`
			: `<${operation}Result>${inner}</${operation}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
	return {
		status: 200,
		contentType: XML_TYPE,
		body: `<${operation}Response>${members}</${operation}Response>`,
	};
}

/** An error in the protocol of the service. */
export function encodeError(service: ServiceName, error: AwsError, requestId: string): WireReply {
	const { code, message, status } = error;
	const protocol = protocolOf(service);
	if (protocol === "json")
		return { status, contentType: JSON_TYPE, body: JSON.stringify({ __type: code, message }) };
	const members = `<Code>${escaped(code)}</Code><Message>${escaped(message)}</Message>`;
	const type = status < 500 ? "Sender" : "Receiver";
	const body =
		protocol === "ec2query"
			? `<Response><Errors><Error>${members}</Error></Errors><RequestID>${requestId}</RequestID></Response>`
			: `<ErrorResponse><Error><Type>${type}</Type>${members}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
	return { status, contentType: XML_TYPE, body };
}

/** The members of a structure, without the element of the structure itself. */
function membersXml(schema: NormalizedSchema, output: object): string {
	const serializer = new XmlShapeSerializer({
		xmlNamespace: "",
		serviceNamespace: "",
		timestampFormat: { default: ISO_TIMESTAMPS, useTrait: true },
		httpBindings: false,
	});
	serializer.write(schema, output);
	const text = String(serializer.flush());
	const from = text.indexOf(">", text.startsWith("<?") ? text.indexOf("?>") + 2 : 0) + 1;
	return text.endsWith("/>") && from === text.length ? "" : text.slice(from, text.lastIndexOf("</"));
}

function asJson(value: unknown): unknown {
	if (value instanceof Date) return value.getTime() / 1000;
	if (Array.isArray(value)) return value.map(asJson);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, asJson(item)]));
}

function escaped(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

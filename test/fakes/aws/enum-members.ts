import {
	CommandFilterKey,
	DocumentFormat,
	DocumentHashType,
	DocumentType,
	InstanceInformationFilterKey,
} from "@aws-sdk/client-ssm";

/** The runtime schemas don't link a member to its enumeration, which the clients export beside them: this does. */
const ENUMERATIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	"SendCommandRequest.DocumentHashType": DocumentHashType,
	"CommandFilter.key": CommandFilterKey,
	"CreateDocumentRequest.DocumentFormat": DocumentFormat,
	"CreateDocumentRequest.DocumentType": DocumentType,
	"UpdateDocumentRequest.DocumentFormat": DocumentFormat,
	"GetDocumentRequest.DocumentFormat": DocumentFormat,
	"InstanceInformationFilter.key": InstanceInformationFilterKey,
};

/** The values a member may have, or undefined when it is free. */
export function allowedValues(structure: string, member: string): readonly string[] | undefined {
	const enumeration = ENUMERATIONS[`${structure}.${member}`];
	return enumeration && Object.values(enumeration);
}

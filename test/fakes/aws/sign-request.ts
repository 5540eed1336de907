import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import type { AccessKey } from "./access-key.ts";
import type { SignedRequest } from "./verify-signature.ts";

type Signable = {
	readonly body: string;
	readonly service: string;
	readonly atMs: number;
	readonly target?: string;
	/** Headers that the signature leaves out. */
	readonly unsigned?: readonly string[];
	/** Default 127.0.0.1. */
	readonly host?: string;
	/** Default /. */
	readonly path?: string;
	readonly query?: Readonly<Record<string, string>>;
};

/** What the signer of the official clients hashes with. */
class NodeSha256 {
	readonly hash: { update(data: Uint8Array | string): unknown; digest(): Buffer };

	constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
		this.hash = secret === undefined ? createHash("sha256") : createHmac("sha256", bytesOf(secret));
	}

	update(data: string | ArrayBuffer | ArrayBufferView): void {
		this.hash.update(bytesOf(data));
	}

	async digest(): Promise<Uint8Array> {
		return this.hash.digest();
	}

	reset(): void {}
}

/** A request as the signer of the official clients signs it: what our own check is measured against. */
export async function signRequest(key: AccessKey, request: Signable): Promise<SignedRequest> {
	const { body, service, atMs, host = "127.0.0.1", path = "/", query = {}, unsigned = [] } = request;
	const signer = new SignatureV4({ credentials: key, region: "eu-west-1", service, sha256: NodeSha256 });
	const headers = {
		host,
		"content-type": "application/x-www-form-urlencoded",
		...(request.target === undefined ? {} : { "x-amz-target": request.target }),
	};
	const plain = { method: "POST", protocol: "http:", hostname: "127.0.0.1", path, query, headers, body };
	const signed = await signer.sign(plain, {
		signingDate: new Date(atMs),
		unsignableHeaders: new Set(unsigned),
	});
	const search = new URLSearchParams(query).toString();
	const url = search ? `${path}?${search}` : path;
	return { method: "POST", url, headers: signed.headers, body: Buffer.from(body) };
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
	if (typeof data === "string") return Buffer.from(data);
	return ArrayBuffer.isView(data)
		? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
		: new Uint8Array(data);
}

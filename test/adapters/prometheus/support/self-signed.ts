import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A certificate for 127.0.0.1 that is its own authority, and its key, as PEM. */
export type SelfSigned = { readonly certificate: string; readonly key: string };

const length = (size: number): Buffer =>
	size < 128 ? Buffer.of(size) : Buffer.of(0x82, size >> 8, size & 0xff);
const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
	const body = Buffer.concat(parts);
	return Buffer.concat([Buffer.of(tag), length(body.length), body]);
};
const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, "hex"));
const utcTime = (ms: number): Buffer =>
	der(0x17, Buffer.from(`${new Date(ms).toISOString().replaceAll(/[-:T]/g, "").slice(2, 14)}Z`));

const ECDSA_SHA256 = sequence(oid("2a8648ce3d040302"));
const COMMON_NAME = "550403";
const BASIC_CONSTRAINTS = "551d13";
const ALTERNATIVE_NAME = "551d11";

/** Makes one with a new key, valid for a day around now (X.509 v3, ECDSA P-256). */
export function selfSigned(): SelfSigned {
	const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
	const name = sequence(der(0x31, sequence(oid(COMMON_NAME), der(0x0c, Buffer.from("test")))));
	const now = Date.now();
	const extensions = der(
		0xa3,
		sequence(
			sequence(oid(BASIC_CONSTRAINTS), der(0x04, sequence(der(0x01, Buffer.of(0xff))))),
			sequence(oid(ALTERNATIVE_NAME), der(0x04, sequence(der(0x87, Buffer.of(127, 0, 0, 1))))),
		),
	);
	const serial = Buffer.concat([Buffer.of(1), randomBytes(8)]);
	const body = sequence(
		der(0xa0, der(0x02, Buffer.of(2))),
		der(0x02, serial),
		ECDSA_SHA256,
		name,
		sequence(utcTime(now - 43_200_000), utcTime(now + 43_200_000)),
		name,
		publicKey.export({ type: "spki", format: "der" }),
		extensions,
	);
	const certificate = sequence(body, ECDSA_SHA256, der(0x03, Buffer.of(0), signature(body, privateKey)));
	const base64 = certificate.toString("base64").replaceAll(/.{64}/g, "$&\n");
	return {
		certificate: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
		key: createPrivateKey(privateKey.export({ type: "pkcs8", format: "pem" }))
			.export({ type: "pkcs8", format: "pem" })
			.toString(),
	};
}

function signature(body: Buffer, key: KeyObject): Buffer {
	return sign("sha256", body, key);
}

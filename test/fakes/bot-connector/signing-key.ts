import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";

/** An RSA key as Microsoft signs with: the private half stays here, the public one is in the key set. */
export type SigningKey = {
	readonly kid: string;
	readonly privateKey: KeyObject;
	readonly publicPem: string;
	readonly jwk: Readonly<Record<string, unknown>>;
};

/** Makes a 2,048 bit RSA key. */
export function makeSigningKey(kid: string): SigningKey {
	const pair = generateKeyPairSync("rsa", {
		modulusLength: 2048,
		publicKeyEncoding: { type: "spki", format: "pem" },
		privateKeyEncoding: { type: "pkcs8", format: "pem" },
	});
	return {
		kid,
		privateKey: createPrivateKey(pair.privateKey),
		publicPem: pair.publicKey,
		jwk: { ...createPublicKey(pair.publicKey).export({ format: "jwk" }), kid, use: "sig" },
	};
}

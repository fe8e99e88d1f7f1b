// The ten algorithms, as the SDK calls for them: what it has itself, and what its client is given.

import { createHash } from "node:crypto";

import { Crc32, Crc32c, Crc64Nvme } from "@aws-sdk/checksums/crc";
import { Xxh3_64, Xxh3_128, Xxh64 } from "@aws-sdk/checksums/xxh";

/** Return a class of a digest that Node has, with the methods that the SDK calls. */
function ofNode(name) {
  return class {
    constructor() {
      this.reset();
    }

    reset() {
      this.hash = createHash(name);
    }

    update(bytes) {
      this.hash.update(bytes);
    }

    async digest() {
      return new Uint8Array(this.hash.digest());
    }
  };
}

export const ALGORITHMS = {
  CRC32: Crc32,
  CRC32C: Crc32c,
  CRC64NVME: Crc64Nvme,
  SHA1: ofNode("sha1"),
  SHA256: ofNode("sha256"),
  SHA512: ofNode("sha512"),
  MD5: ofNode("md5"),
  XXHASH64: Xxh64,
  XXHASH3: Xxh3_64,
  XXHASH128: Xxh3_128,
};
/** Those that the SDK computes only if its client is given them. */
export const GIVEN = ["SHA512", "XXHASH64", "XXHASH3", "XXHASH128"];

/** Return a digest in base64. */
export async function digestOf(name, bytes) {
  const digest = new ALGORITHMS[name]();
  digest.update(bytes);
  return Buffer.from(await digest.digest()).toString("base64");
}

/** Return the class of a digest that is always that of other bytes. */
export function wrong(name) {
  return class extends ALGORITHMS[name] {
    async digest() {
      return Buffer.from(await digestOf(name, Buffer.from("something else")), "base64");
    }
  };
}

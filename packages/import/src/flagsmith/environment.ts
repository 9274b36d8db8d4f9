import type { Path, Scalar } from '@sluice/core';

/** An environment document, as far as the Node SDK evaluates it. */
export interface Environment {
  readonly apiKey: string;
  /** `undefined` where the document has none. */
  readonly name: string | undefined;
  readonly segments: readonly Segment[];
  /** One a name: of several the last, as in the SDK. */
  readonly states: readonly FeatureState[];
  readonly identities: readonly Identity[];
}

export type Id = string | number | null | undefined;

/** What a feature is for somebody: in the environment, in a segment, or for an identity. */
export interface FeatureState {
  readonly feature: string;
  readonly featureId: Id;
  /** What its multivariate options are hashed with; `undefined` where the SDK draws one whenever it starts. */
  readonly key: string | undefined;
  readonly enabled: boolean;
  /** `null` and `undefined` both are no value; the SDK tells them apart where it compares overrides. */
  readonly value: Scalar | null | undefined;
  /** In the order in which the SDK adds up their weights. */
  readonly options: readonly Option[];
  /** Of a segment's override: the lowest wins. */
  readonly priority: number;
  readonly path: Path;
}

export interface Option {
  /** Of the option, which all states of the feature share. */
  readonly id: Id;
  readonly value: Scalar | null | undefined;
  /** In percent. */
  readonly weight: number;
  readonly priority: number | string | bigint;
}

export interface Segment {
  /** By which the SDK keeps it and hashes with it. */
  readonly key: string;
  readonly name: string;
  readonly rules: readonly unknown[];
  readonly overrides: readonly FeatureState[];
  readonly path: Path;
}

export interface Identity {
  readonly identifier: string;
  readonly overrides: readonly FeatureState[];
  readonly path: Path;
}

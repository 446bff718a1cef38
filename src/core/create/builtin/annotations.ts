/** An expression: the annotations of the need in the Score file, where there are any. */
export const annotations = "${'annotations' in resource.metadata ? resource.metadata.annotations : {}}";

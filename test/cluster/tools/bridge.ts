/** The network of the pods of a node; there is one on a machine. */
export const bridge = { name: 'tutti0', address: '10.244.0.1', subnet: '10.244.0.0/24' } as const;
